using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A response without an end, over real sockets: cancellation or the timeout ends it.</summary>
public sealed class HttpTransportCancellationTests
{
    // Far less than anything else that would end these responses.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_ends_a_stalled_body(bool isCompressed)
    {
        await using var server = Server(isCompressed, Page(40));
        using var stop = new CancellationTokenSource();

        var listing = ListAsync(server, TimeSpan.FromHours(1), stop.Token);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_timeout_ends_a_stalled_body(bool isCompressed)
    {
        await using var server = Server(isCompressed, Page(40));

        var exception = await Assert.ThrowsAsync<FwTimeoutException>(() =>
            ListAsync(server, TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken)
                .WaitAsync(Soon, TestContext.Current.CancellationToken)
        );

        Assert.Contains("was incomplete after 2 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_does_not_wait_for_the_request()
    {
        // Callbacks run on the thread that cancels, which is how PowerShell stops a pipeline.
        await using var server = Server(isCompressed: false, Page(40));
        using var stop = new CancellationTokenSource();
        var listing = ListAsync(server, TimeSpan.FromHours(1), stop.Token);
        await Task.Delay(300, TestContext.Current.CancellationToken);

        var stopping = Task.Run(stop.Cancel, TestContext.Current.CancellationToken);

        await stopping.WaitAsync(Soon, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
    }

    [Fact]
    public async Task Cancellation_during_decompression_is_not_an_error()
    {
        await using var server = Server(isCompressed: true, Page(200_000));
        var random = new Random(1);
        var stopped = 0;

        for (var round = 0; round < 60; round++)
        {
            using var stop = new CancellationTokenSource();
            var listing = ListAsync(server, TimeSpan.FromHours(1), stop.Token);
            await Task.Delay(random.Next(30), TestContext.Current.CancellationToken);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
            );
            stopped++;
        }

        Assert.Equal(60, stopped);
    }

    [Fact]
    public async Task Requests_run_in_parallel()
    {
        // .NET Framework allows two connections to a host by default.
        const int Together = 6;
        await using var server = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json",
            """{"totalSize":3}"""u8.ToArray()
        )
        {
            Gathers = Together,
        };

        var listings = Enumerable
            .Range(0, Together)
            .Select(_ => ListAsync(server, Soon, TestContext.Current.CancellationToken));

        Assert.All(await Task.WhenAll(listings), size => Assert.Equal(3, size));
    }

    private static LoopbackServer Server(bool isCompressed, string body) =>
        new(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json" + (isCompressed ? "\r\nContent-Encoding: gzip" : ""),
            isCompressed ? Compress(body) : Encoding.UTF8.GetBytes(body)
        )
        {
            Stalls = true,
        };

    // The start of a page that never ends.
    private static string Page(int jobs)
    {
        var text = new StringBuilder("""{"dpoJobs":[""");
        for (var job = 0; job < jobs; job++)
        {
            text.Append(FormattableString.Invariant($$"""{"name":"accounts/acme/dpoJobs/{{job}}"},"""));
        }
        return text.ToString();
    }

    private static byte[] Compress(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            gzip.Write(bytes, 0, bytes.Length);
            gzip.Flush();
        }
        // Without its end, so that more seems to come.
        var whole = packed.ToArray();
        return [.. whole.Take(whole.Length - 10)];
    }

    private static async Task<long?> ListAsync(LoopbackServer server, TimeSpan timeout, CancellationToken stop)
    {
        var connection = new FwConnection(new Uri(server.Address), new ApiKey(ClientUnderTest.Key, "the test"))
        {
            Timeout = timeout,
            MaximumRetryCount = 0,
        };
        var client = new FireworksClient(connection, new FakeLog(), clock: new FakeClock());
        return (await client.ListDpoJobsAsync(new ListDpoJobsRequest("acme"), null, stop)).TotalSize;
    }
}
