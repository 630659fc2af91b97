using System;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>The real HTTP handler, over real sockets on this machine.</summary>
public sealed class HttpTransportTests
{
    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed_and_the_key_goes_nowhere_else(string status)
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
    public async Task Requests_are_http_with_the_headers_that_the_reference_asks_for_and_no_cookie()
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
    public async Task A_compressed_answer_is_read()
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
    public async Task What_calls_itself_compressed_and_is_not_is_an_error_of_the_connection()
    {
        await using var server = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip",
            """{"totalSize":3}"""u8.ToArray()
        );

        await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(server));
    }

    [Fact]
    public async Task An_answer_shorter_than_it_says_is_an_error_of_the_connection()
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
    public async Task A_place_where_nobody_listens_cannot_be_reached()
    {
        // A port that was free a moment ago.
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(address));

        Assert.Contains("could not be reached", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"GET {address}v1/accounts/acme/dpoJobs.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_http_shows_no_control_characters()
    {
        await using var server = new LoopbackServer("SSH-2.0-\u001b[31mOpenSSH", []);

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => ListAsync(server));

        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Fact]
    public void One_handler_serves_the_process()
    {
        Assert.Same(HttpTransport.Shared, HttpTransport.Shared);
    }

    private static Task<long?> ListAsync(LoopbackServer server) => ListAsync(server.Address);

    private static async Task<long?> ListAsync(string address)
    {
        var connection = new FwConnection(new Uri(address), ApiKey.Create(ClientUnderTest.Key, "the test"));
        var client = new FireworksClient(connection, new FakeLog(), clock: new FakeClock());
        var page = await client.ListDpoJobsAsync(new ListQuery("acme"), null, TestContext.Current.CancellationToken);
        return page.TotalSize;
    }
}
