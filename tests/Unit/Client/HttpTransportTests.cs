using System;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>The real HTTP handler over loopback sockets.</summary>
public sealed class HttpTransportTests
{
    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task Does_not_follow_redirects_with_the_key(string status)
    {
        await using var elsewhere = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json",
            "{}"u8.ToArray()
        );
        await using var server = new LoopbackServer($"HTTP/1.1 {status}\r\nLocation: {elsewhere.Address}", []);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => ListAsync(server));

        Assert.Equal(int.Parse(status[..3], null), exception.StatusCode);
        Assert.Contains(ClientUnderTest.Key, Assert.Single(server.Heads), StringComparison.Ordinal);
        Assert.Empty(elsewhere.Heads);
    }

    [Fact]
    public async Task Sends_the_documented_headers_and_no_cookie()
    {
        await using var server = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: a=b",
            """{"totalSize":3}"""u8.ToArray()
        );

        Assert.Equal(3, await ListAsync(server));
        Assert.Equal(3, await ListAsync(server));

        Assert.All(
            server.Heads,
            head =>
            {
                Assert.StartsWith("GET /v1/accounts/acme/dpoJobs HTTP/1.1\r\n", head, StringComparison.Ordinal);
                Assert.Contains($"\r\nAuthorization: Bearer {ClientUnderTest.Key}\r\n", head, StringComparison.Ordinal);
                Assert.DoesNotContain("Content-Length", head, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase);
            }
        );
    }

    [Fact]
    public async Task Reads_a_compressed_response()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync("""{"totalSize":3}"""u8.ToArray(), TestContext.Current.CancellationToken);
        }
        await using var server = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip",
            packed.ToArray()
        );

        Assert.Equal(3, await ListAsync(server));
        Assert.Contains("gzip", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_a_response_that_is_not_compressed_as_it_claims()
    {
        await using var server = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip",
            """{"totalSize":3}"""u8.ToArray()
        );

        await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(server));
    }

    [Fact]
    public async Task Retries_and_reports_a_response_that_is_shorter_than_its_length()
    {
        await using var server = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500",
            """{"dpoJobs":["""u8.ToArray()
        );

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(server));

        Assert.Contains("broke before", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, exception.Retries);
    }

    [Fact]
    public async Task Reports_a_refused_connection()
    {
        var address = UnusedAddress();

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(address));

        Assert.Contains("could not be reached", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"GET {address}v1/accounts/acme/dpoJobs.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_no_control_characters_of_a_server_without_http()
    {
        await using var server = new LoopbackServer("SSH-2.0-\u001b[31mOpenSSH", []);

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(server));

        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Fact]
    public async Task Sends_a_post_once_when_the_server_hangs_up()
    {
        await using var server = new LoopbackServer("", []) { HangsUp = true };

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => SendAsync(server.Address, Post));

        Assert.Contains("broke before the service responded", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 2\r\n", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_every_request_that_was_sent_when_the_server_hangs_up()
    {
        await using var server = new LoopbackServer("", []) { HangsUp = true };

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(server));

        Assert.Equal(server.Heads.Count, exception.Retries + 1);
    }

#if NET
    [Fact]
    public async Task Ends_the_attempt_to_connect_when_the_request_is_cancelled()
    {
        // It accepts the connection, but never responds to the TLS handshake.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        using var stop = new CancellationTokenSource();
        var listing = CreateClient(address, FwConnection.DefaultTimeout)
            .ListDpoJobsAsync(new ListDpoJobsRequest("acme"), null, stop.Token);
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
        // Without the abort, the handler keeps connecting for 5 seconds.
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var buffer = new byte[4096];
        try
        {
            while (await connection.GetStream().ReadAsync(buffer, soon.Token) > 0) { }
        }
        catch (IOException)
        {
            // Reset instead of closed.
        }
    }
#endif

    [Fact]
    public async Task Retries_a_post_when_the_connection_is_refused()
    {
        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => SendAsync(UnusedAddress(), Post));

        Assert.Equal(2, exception.Retries);
    }

    [Fact]
    public async Task Reads_a_stream_from_a_signed_address_without_key_compression_or_redirect()
    {
        await using var server = new LoopbackServer(
            "HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\nContent-Range: bytes 2-4/5",
            "cde"u8.ToArray()
        );
        await using var moved = new LoopbackServer($"HTTP/1.1 302 Found\r\nLocation: {server.Address}", []);

        using var stream = await SendAsync(
            "https://api.fireworks.ai/",
            Download(server) with
            {
                Part = new DownloadPart(2),
            }
        );
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<FwApiException>(() =>
            SendAsync("https://api.fireworks.ai/", Download(moved))
        );

        Assert.Equal("cde", text);
        Assert.Equal((2, 5), (stream.FirstByte, stream.TotalLength));
        Assert.Equal(302, exception.StatusCode);
        var head = Assert.Single(server.Heads);
        Assert.Contains("\r\nRange: bytes=2-\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Accept-Encoding", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_timeout_ends_a_stalled_stream()
    {
        await using var server = new LoopbackServer("HTTP/1.1 200 OK", "abc"u8.ToArray()) { Stalls = true };
        using var stream = await SendAsync("https://api.fireworks.ai/", Download(server), TimeSpan.FromSeconds(2));
        using var reader = new StreamReader(stream);

        var exception = await Assert.ThrowsAsync<FwTimeoutException>(reader.ReadToEndAsync);

        Assert.StartsWith(
            "No data arrived for 2 s (3 bytes received before).",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_handler_serves_the_whole_process()
    {
        Assert.Same(HttpTransport.Shared, HttpTransport.Shared);
    }

    private static Task<long?> ListAsync(LoopbackServer server) => ListAsync(server.Address);

    private static async Task<long?> ListAsync(string address)
    {
        var page = await CreateClient(address, FwConnection.DefaultTimeout)
            .ListDpoJobsAsync(new ListDpoJobsRequest("acme"), null, TestContext.Current.CancellationToken);
        return page.TotalSize;
    }

    private static Task<T> SendAsync<T>(string address, ApiRequest<T> request, TimeSpan? timeout = null) =>
        CreateClient(address, timeout ?? FwConnection.DefaultTimeout)
            .SendAsync(request, TestContext.Current.CancellationToken);

    private static FireworksClient CreateClient(string address, TimeSpan timeout) =>
        new(
            new FwConnection(new Uri(address), new ApiKey(ClientUnderTest.Key, "the test")) { Timeout = timeout },
            new FakeLog(),
            clock: new FakeClock()
        );

    private static ApiRequest<NoContent> Post =>
        new(HttpMethod.Post, ResponseReader.NoContent) { Path = "v1/x", Body = "{}"u8.ToArray() };

    private static ApiRequest<DownloadStream> Download(LoopbackServer server) =>
        new(HttpMethod.Get, ResponseReader.Stream)
        {
            SignedAddress = new Uri(server.Address + "file?sig=x"),
            Operation = ApiOperation.Download,
        };

    // A port that was just released.
    private static string UnusedAddress()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        return address;
    }
}
