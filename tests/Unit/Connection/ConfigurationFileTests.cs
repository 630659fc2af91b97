using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>A file of the official CLI can be anything, and neither exhausts the memory nor blocks the shell.</summary>
public sealed class ConfigurationFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fireworks-files").FullName;

    private string FilePath => Path.Combine(_folder, "auth.ini");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Reads_a_file_of_the_largest_size()
    {
        var text = new string('#', ConfigurationFile.MaxSize);
        await File.WriteAllTextAsync(FilePath, text, TestContext.Current.CancellationToken);

        Assert.Equal(text, await ReadAsync(FilePath));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_null()
    {
        Assert.Null(await ReadAsync(FilePath));
        Assert.Null(await ReadAsync(Path.Combine(FilePath, "auth.ini")));
    }

    [Fact]
    public async Task Reads_a_file_in_UTF16_by_its_byte_order_mark()
    {
        await File.WriteAllTextAsync(FilePath, "api_key = ä", Encoding.Unicode, TestContext.Current.CancellationToken);

        Assert.Equal("api_key = ä", await ReadAsync(FilePath));
    }

    [Fact]
    public async Task Rejects_a_file_that_is_too_large()
    {
        using (var file = File.Create(FilePath))
        {
            // Takes no space on the disk.
            file.SetLength(1L << 30);
        }

        var failure = await Assert.ThrowsAsync<FwConfigurationException>(() => ReadAsync(FilePath));

        Assert.Equal($"{FilePath} is larger than 64 KiB, so it is not a configuration file.", failure.Message);
    }

    [Fact]
    public async Task Rejects_a_device_without_an_end()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "This system has no such device.");

        await Assert.ThrowsAsync<FwConfigurationException>(() => ReadAsync("/dev/zero"));
    }

    [Fact]
    public async Task Reading_a_pipe_without_a_writer_can_be_cancelled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such pipes.");
        using (var mkfifo = Process.Start("mkfifo", FilePath))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        using var stop = new CancellationTokenSource();
        var reading = ConfigurationFile.ReadAsync(FilePath, stop.Token);
        Assert.False(reading.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        // Ends the thread that opens the pipe.
        await File.WriteAllTextAsync(FilePath, "", TestContext.Current.CancellationToken);
    }

    private static Task<string?> ReadAsync(string path) =>
        ConfigurationFile.ReadAsync(path, TestContext.Current.CancellationToken);
}
