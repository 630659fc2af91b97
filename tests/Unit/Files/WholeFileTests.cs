using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Files;

/// <summary>A file is written whole or not at all.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string FilePath => Path.Combine(_folder, "report.html");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Writes_a_new_file(bool overwrite)
    {
        Write("new", overwrite);

        Assert.Equal("new", File.ReadAllText(FilePath));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Overwrites_a_file_only_on_request()
    {
        File.WriteAllText(FilePath, "old");

        var failure = Assert.Throws<FwFileException>(() => Write("new", overwrite: false));

        Assert.True(failure.IsExisting);
        Assert.Contains("-Force", failure.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(FilePath));
        Write("new", overwrite: true);
        Assert.Equal("new", File.ReadAllText(FilePath));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Keeps_a_file_that_appears_while_the_new_one_is_written()
    {
        var failure = Assert.Throws<FwFileException>(() =>
            WholeFile.Write(FilePath, overwrite: false, _ => File.WriteAllText(FilePath, "other"))
        );

        Assert.True(failure.IsExisting);
        Assert.Equal("other", File.ReadAllText(FilePath));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Leaves_the_old_file_and_no_temporary_one_after_a_failure()
    {
        File.WriteAllText(FilePath, "old");

        var failure = Assert.Throws<FwFileException>(() =>
            WholeFile.Write(FilePath, overwrite: true, _ => throw new IOException("disk full"))
        );
        Assert.Throws<InvalidOperationException>(() =>
            WholeFile.Write(FilePath, overwrite: true, _ => throw new InvalidOperationException())
        );

        Assert.False(failure.IsExisting);
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Rejects_a_folder_and_a_path_whose_folder_does_not_exist()
    {
        var missing = Path.Combine(_folder, "missing", "report.html");

        Assert.Contains(
            "is a folder",
            Assert.Throws<FwFileException>(() => WholeFile.Check(_folder, true)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not exist",
            Assert.Throws<FwFileException>(() => WholeFile.Check(missing, true)).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder).ToList());
    }

    private void Write(string text, bool overwrite) =>
        WholeFile.Write(
            FilePath,
            overwrite,
            stream =>
            {
                using var writer = new StreamWriter(stream);
                writer.Write(text);
            }
        );
}
