using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Files;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Files;

public sealed class TrainerLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_has_lines_with_everything_that_a_terminal_must_not_receive()
    {
        await using var files = await FileClient.StartAsync();

        var bytes = await files.BytesAsync(await files.LogAddressAsync(FileClient.Completed));

        var text = Encoding.Latin1.GetString(bytes);
        Assert.Matches(@"^[0-9]{2}:[0-9]{2}:[0-9]{2} \[INFO\] accounts/acme/dpoJobs/", text);
        Assert.All(
            ["\e[33m", "\rSaving: ", "\0", "\a", "\b", "\r\n", "[ERROR]", "\nTraceback ", "\xFF\xFE"],
            part => Assert.Contains(part, text, StringComparison.Ordinal)
        );
        Assert.Contains("丁寧な返答", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(bytes));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 300));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(1_234_567)]
    public async Task A_log_has_exactly_the_size_that_was_set(int size)
    {
        await using var files = await FileClient.StartAsync();
        await files.ControlAsync("files", $$"""{"logSize":{{size}}}""");

        Assert.Equal(size, (await files.BytesAsync(await files.LogAddressAsync(FileClient.Completed))).Length);
    }

    [Fact]
    public async Task Any_range_of_a_log_of_several_gigabytes_can_be_read()
    {
        await using var files = await FileClient.StartAsync();
        await files.ControlAsync("files", """{"logSize":5000000000}""");
        var address = await files.LogAddressAsync(FileClient.Completed);

        using var last = await files.SendAsync(address, "bytes=4999800000-");
        using var end = await files.SendAsync(address, "bytes=-1000");

        var bytes = await last.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal("bytes 4999800000-4999999999/5000000000", $"{last.Content.Headers.ContentRange}");
        Assert.Equal(200_000, bytes.Length);
        Assert.Equal(bytes[^1000..], await end.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_log_is_generated_with_constant_memory()
    {
        const int Size = 32 * 1024 * 1024;
        var log = new TrainerLog(
            new MadeUpAccount(1, seed: 1, RunningEmulator.Now)[0],
            new FileSettings { LogSize = Size }
        );
        await log.WriteAsync(Stream.Null, 0, TrainerLog.BlockLength, Stop);
        var before = GC.GetAllocatedBytesForCurrentThread();

        // A null stream completes at once, so everything runs on this thread.
        await log.WriteAsync(Stream.Null, 0, Size, Stop);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public async Task The_same_job_has_the_same_log_and_blocks_differ()
    {
        await using var files = await FileClient.StartAsync();
        await using var same = await FileClient.StartAsync();

        var log = await files.BytesAsync(await files.LogAddressAsync(FileClient.Completed));

        Assert.Equal(log, await same.BytesAsync(await same.LogAddressAsync(FileClient.Completed)));
        Assert.NotEqual(log, await files.BytesAsync(await files.LogAddressAsync(FileClient.CompletedOrpo)));
        var hashes = log.Chunk(TrainerLog.BlockLength).Select(block => Convert.ToHexString(SHA256.HashData(block)));
        Assert.Equal(4, hashes.Distinct().Count());
    }

    [Fact]
    public async Task A_log_grows_on_the_clock_while_the_job_runs()
    {
        await using var files = await FileClient.StartAsync();
        var address = await files.LogAddressAsync(FileClient.Pending);
        await files.SetStateAsync(FileClient.Pending, "JOB_STATE_CREATING");
        var before = await files.StatusAsync(address);
        await files.AdvanceAsync(60);
        var begun = await files.BytesAsync(address);
        await files.AdvanceAsync(150);
        var quarter = await files.BytesAsync(address);
        await files.AdvanceAsync(300);
        var more = await files.BytesAsync(address);

        Assert.Equal((404, 0, 65_536), (before, begun.Length, quarter.Length));
        Assert.Equal(quarter, more[..65_536]);
        Assert.Equal(3 * 65_536, more.Length);
    }

    [Fact]
    public async Task An_account_without_log_reading_has_no_address()
    {
        await using var files = await FileClient.StartAsync();

        Assert.Equal("", await files.LogAddressAsync(FileClient.Completed, "/dialects/no-trainer-logs"));
        Assert.NotEqual("", await files.MetricsAddressAsync(FileClient.Completed, "/dialects/no-trainer-logs"));
    }
}
