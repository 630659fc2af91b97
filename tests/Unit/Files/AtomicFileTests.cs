using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Files;

/// <summary>A file is written whole or not at all.</summary>
public sealed class AtomicFileTests : IDisposable
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
            AtomicFile.Write(FilePath, overwrite: false, _ => File.WriteAllText(FilePath, "other"))
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
            AtomicFile.Write(FilePath, overwrite: true, _ => throw new IOException("disk full"))
        );
        Assert.Throws<InvalidOperationException>(() =>
            AtomicFile.Write(FilePath, overwrite: true, _ => throw new InvalidOperationException())
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
            Assert.Throws<FwFileException>(() => AtomicFile.Check(_folder, true)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not exist",
            Assert.Throws<FwFileException>(() => AtomicFile.Check(missing, true)).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder).ToList());
    }

    [Fact]
    public async Task Writes_a_file_asynchronously()
    {
        Assert.True(await AtomicFile.WriteAsync(FilePath, overwrite: false, stream => WriteAsync(stream, "new")));

        Assert.Equal("new", await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Writes_no_file_without_content()
    {
        Assert.False(await AtomicFile.WriteAsync(FilePath, overwrite: false, _ => Task.FromResult(false)));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Leaves_the_old_file_after_an_asynchronous_failure()
    {
        await File.WriteAllTextAsync(FilePath, "old", TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<FwFileException>(() =>
            AtomicFile.WriteAsync(FilePath, overwrite: true, _ => throw new IOException("full"))
        );
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            AtomicFile.WriteAsync(FilePath, overwrite: true, _ => throw new OperationCanceledException())
        );

        Assert.Contains("could not be written. full", failure.Message, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("nightly-1")]
    [InlineData("con-1")]
    [InlineData("com10")]
    public void Names_a_file_after_an_id(string id)
    {
        Assert.Equal(Path.Combine(_folder, id + ".log"), AtomicFile.PathInFolder(_folder, id, ".log"));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:a")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("con")]
    [InlineData("nul")]
    [InlineData("com1")]
    public void Rejects_an_id_that_is_not_the_name_of_a_file_everywhere(string id)
    {
        Assert.Throws<FwFileException>(() => AtomicFile.PathInFolder(_folder, id, ".log"));
    }

    private static async Task<bool> WriteAsync(Stream stream, string text)
    {
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        return true;
    }

    private void Write(string text, bool overwrite) =>
        AtomicFile.Write(
            FilePath,
            overwrite,
            stream =>
            {
                using var writer = new StreamWriter(stream);
                writer.Write(text);
            }
        );
}
