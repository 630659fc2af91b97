using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>What a request record sends, and how its response is read.</summary>
public sealed class ApiRequestTests
{
    private const string Secret = "X-Goog-Signature=Canary";

    [Theory]
    [InlineData(65_000, "pageToken")]
    [InlineData(65_519, "filter")]
    [InlineData(1_000_000, "filter")]
    [InlineData(1_000_000, "pageToken")]
    public async Task An_address_that_is_too_long_is_an_error_that_names_the_parameter(int length, string parameter)
    {
        using var test = new ClientUnderTest();
        var value = new string('x', length) + " " + ClientUnderTest.Key;
        var isFilter = parameter == "filter";
        var query = new ListDpoJobsRequest("acme") { Filter = isFilter ? value : new string('y', 500) };

        var exception = await Assert.ThrowsAsync<FwParameterException>(() =>
            test.ListAsync(query, isFilter ? null : value)
        );

        Assert.Contains(
            $"The longest parameter is {parameter}, with {value.Length:N0}",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.InRange(exception.Message.Length, 100, 2000);
        Assert.Empty(test.Transport.Requests);
    }

    [Fact]
    public async Task An_address_of_the_greatest_length_is_sent()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"totalSize":3}""");
        const string Start = "https://api.fireworks.ai/v1/accounts/acme/dpoJobs?filter=";
        var query = new ListDpoJobsRequest("acme") { Filter = new string('x', 65_519 - Start.Length) };

        await test.ListAsync(query, null);

        Assert.Equal(65_519, Assert.Single(test.Transport.Requests).Uri.Length);
    }

    [Fact]
    public async Task Long_values_are_truncated_in_logs_and_errors()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"totalSize":3}""").Json("[]");
        var token = new string('x', 495) + ClientUnderTest.Key + new string('y', 50_000);

        await test.ListAsync(new ListDpoJobsRequest("acme"), token);
        var failure = await Assert.ThrowsAsync<FwResponseException>(() =>
            test.ListAsync(new ListDpoJobsRequest("acme"), token)
        );

        Assert.InRange(failure.Message.Length, 500, 1000);
        Assert.InRange(Assert.Single(test.Log.Lines).Length, 500, 1000);
        Assert.DoesNotContain("fw_", failure.Message, StringComparison.Ordinal);
        Assert.Contains("…", failure.Request!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_sends_json_with_the_key_and_reads_an_object()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"name":"accounts/acme/dpoJobs/x"}""");

        var job = await test.SendAsync(
            new ApiRequest<DpoJob>(HttpMethod.Post, ResponseReader.Json<DpoJob>(_ => "a job"))
            {
                Path = "v1/accounts/acme/dpoJobs",
                Query = [new("dpoJobId", "x")],
                Body = JsonSerializer.SerializeToUtf8Bytes("text", StringType),
            }
        );

        Assert.Equal("x", job.Id);
        var request = Assert.Single(test.Transport.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("https://api.fireworks.ai/v1/accounts/acme/dpoJobs?dpoJobId=x", request.Uri);
        Assert.Equal("\"text\"", request.Body);
        Assert.Equal("application/json", request.ContentType);
        Assert.Contains(ClientUnderTest.Key, request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Matches("^POST https://.+: 200, a job, ", Assert.Single(test.Log.Lines));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"novelty":1}""")]
    public async Task A_call_without_a_result_sends_an_empty_object_and_ignores_the_response(string body)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body);

        await test.SendAsync(Post with { Path = "v1/accounts/acme/dpoJobs/x:cancel", Body = "{}"u8.ToArray() });

        var request = Assert.Single(test.Transport.Requests);
        Assert.Equal("https://api.fireworks.ai/v1/accounts/acme/dpoJobs/x:cancel", request.Uri);
        Assert.Equal("{}", request.Body);
        Assert.Contains(": 200, done, ", Assert.Single(test.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delete_has_no_body()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}");

        await test.SendAsync(Delete);

        var request = Assert.Single(test.Transport.Requests);
        Assert.Equal("DELETE", request.Method);
        Assert.Null(request.Body);
        Assert.Null(request.ContentType);
    }

    [Fact]
    public async Task An_error_names_the_method_of_the_request()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"code":9,"message":"not now"}""", HttpStatusCode.BadRequest);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.SendAsync(Delete));

        Assert.Equal("DELETE https://api.fireworks.ai/v1/accounts/acme/dpoJobs/x", exception.Request);
        Assert.Equal("FwApi.FailedPrecondition", ErrorRecords.Find(exception)!.Id);
    }

    [Theory]
    [InlineData("https://storage.example/bucket/metrics.jsonl?" + Secret)]
    [InlineData("https://user@storage.example/bucket/metrics.jsonl?" + Secret)]
    [InlineData("http://127.0.0.1:5000/metrics.jsonl?" + Secret)]
    public async Task A_signed_address_is_used_unchanged_without_the_key_and_never_shown(string address)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, "line\n", "text/plain")
            .Reply(HttpStatusCode.Forbidden, $"<Error>{Secret}</Error>", "application/xml");
        var download = Download(address);

        using var stream = await test.SendAsync(download);
        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.SendAsync(download));

        Assert.All(
            test.Transport.Requests,
            request =>
            {
                Assert.Equal(address, request.Uri);
                Assert.DoesNotContain("Authorization", request.Headers.Keys);
                Assert.Equal("*/*", request.Headers["Accept"]);
            }
        );
        foreach (var text in test.Log.Lines.Append(exception.ToString()))
        {
            Assert.Contains("/(signed address)", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Canary", text, StringComparison.Ordinal);
            Assert.DoesNotContain("bucket", text, StringComparison.Ordinal);
            Assert.DoesNotContain("user", text, StringComparison.Ordinal);
        }
        Assert.False(exception.IsKeyRejected);
        Assert.Contains("expired", ErrorRecords.Find(exception)!.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://storage.example/x?" + Secret)]
    [InlineData("ftp://127.0.0.1/x?" + Secret)]
    [InlineData("file:///etc/passwd")]
    public async Task A_signed_address_without_https_is_not_used(string address)
    {
        using var test = new ClientUnderTest();

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.SendAsync(Download(address)));

        Assert.Contains("not https", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(test.Transport.Requests);
    }

    [Fact]
    public async Task A_stream_is_read_while_it_arrives()
    {
        using var test = new ClientUnderTest();
        using var body = new FakeBody("") { Repeat = new byte[1000] };
        test.Transport.Reply(HttpStatusCode.OK, body, "application/octet-stream");

        using var stream = await test.SendAsync(Download("https://storage.example/x"));

        Assert.Equal(0, body.BytesRead);
        Assert.Equal(1000, await ReadAsync(stream, 4096));
        Assert.Equal(1000, body.BytesRead);
    }

    [Fact]
    public async Task A_stream_may_be_larger_than_any_object()
    {
        using var test = new ClientUnderTest();
        var size = RequestSender.MaxResponseSize + 1;
        test.Transport.Reply(HttpStatusCode.OK, new FakeBody("") { Repeat = new byte[1 << 20], TotalLength = size });

        using var stream = await test.SendAsync(Download("https://storage.example/x"));
        long length = 0;
        for (int read; (read = await ReadAsync(stream, 1 << 20)) > 0; length += read) { }

        Assert.InRange(length, size, size + (1 << 20));
    }

    [Fact]
    public async Task The_timeout_of_a_stream_applies_to_each_read()
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromSeconds(2));
        test.Transport.Reply(HttpStatusCode.OK, new SlowBody(reads: 10, TimeSpan.FromSeconds(0.3)));

        using var stream = await test.SendAsync(Download("https://storage.example/x"));
        using var reader = new StreamReader(stream);

#if NET
        Assert.Equal("xxxxxxxxxx", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
#else
        Assert.Equal("xxxxxxxxxx", await reader.ReadToEndAsync());
#endif
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stalled_stream_is_a_timeout_that_names_seconds_and_bytes(bool endsWhenStopped)
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromSeconds(1.5));
        test.Transport.Reply(HttpStatusCode.OK, new FakeBody("abc") { EndsWhenStopped = endsWhenStopped });

        using var stream = await test.SendAsync(Download("https://storage.example/x"));
        Assert.Equal(3, await ReadAsync(stream, 10));
        var exception = await Assert.ThrowsAsync<FwTimeoutException>(() => ReadAsync(stream, 10));

        Assert.Equal(
            "No data arrived for 1.5 s (3 bytes received before). Request: GET https://storage.example/(signed address).",
            exception.Message
        );
    }

    [Fact]
    public async Task A_broken_stream_is_a_connection_error_that_names_the_bytes()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, new FakeBody("abc") { Failure = new IOException("Canary") });

        using var stream = await test.SendAsync(Download("https://storage.example/x"));
        Assert.Equal(3, await ReadAsync(stream, 10));
        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => ReadAsync(stream, 10));

        Assert.Contains("(3 bytes received)", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", exception.ToString(), StringComparison.Ordinal);
        Assert.Single(test.Transport.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_ends_a_stalled_stream(bool endsWhenStopped)
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        using var body = new FakeBody("") { EndsWhenStopped = endsWhenStopped };
        test.Transport.Reply(HttpStatusCode.OK, body);
        using var stream = await test.SendAsync(Download("https://storage.example/x"));

        var reading = stream.ReadAsync(new byte[10], 0, 10, stop.Token);
        await body.Stalled.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            reading.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Disposing_a_stream_disposes_the_response()
    {
        using var test = new ClientUnderTest();
        using var body = new FakeBody("abc");
        test.Transport.Reply(HttpStatusCode.OK, body);

        var stream = await test.SendAsync(Download("https://storage.example/x"));
        Assert.False(body.IsDisposed);
        stream.Dispose();

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task A_stream_is_requested_again_until_its_headers_arrive()
    {
        using var test = new ClientUnderTest();
        using var busy = new FakeBody("busy") { TotalLength = 4 };
        test.Transport.Reply(HttpStatusCode.ServiceUnavailable, busy)
            .Fail(new HttpRequestException("x"))
            .Reply(HttpStatusCode.OK, "abc", "text/plain");

        using var stream = await test.SendAsync(Download("https://storage.example/x"));

        Assert.Equal(3, await ReadAsync(stream, 10));
        Assert.True(busy.IsDisposed);
    }

    [Fact]
    public async Task A_range_request_continues_at_a_byte_and_reports_what_the_server_sends()
    {
        using var test = new ClientUnderTest();
        var partial = new HttpResponseMessage(HttpStatusCode.PartialContent)
        {
            Content = new StringContent("def", Encoding.UTF8),
        };
        partial.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes 3-5/6");
        test.Transport.Reply(partial).Reply(HttpStatusCode.OK, "abcdef", "text/plain");
        var rest = Download("https://storage.example/x") with { Part = new DownloadPart(3) };

        using var range = await test.SendAsync(rest);
        using var whole = await test.SendAsync(rest);

        Assert.Equal("bytes=3-", test.Transport.Requests.First().Headers["Range"]);
        Assert.Equal((3, 6), (range.FirstByte, range.TotalLength));
        Assert.Equal((0, 6), (whole.FirstByte, whole.TotalLength));
    }

    [Fact]
    public async Task A_range_can_be_the_end_of_a_file_or_that_of_one_version()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, "a", "text/plain", ("ETag", "\"v\""))
            .Reply(HttpStatusCode.OK, "a", "text/plain");

        using var end = await test.SendAsync(
            Download("https://storage.example/x") with
            {
                Part = new DownloadPart(LastBytes: 7),
            }
        );
        using var rest = await test.SendAsync(
            Download("https://storage.example/x") with
            {
                Part = new DownloadPart(3, IfVersion: end.Version),
            }
        );

        Assert.Equal("bytes=-7", test.Transport.Requests.First().Headers["Range"]);
        Assert.DoesNotContain("If-Range", test.Transport.Requests.First().Headers.Keys);
        Assert.Equal("bytes=3-", test.Transport.Requests.Last().Headers["Range"]);
        Assert.Equal("\"v\"", test.Transport.Requests.Last().Headers["If-Range"]);
        Assert.Null(rest.Version);
    }

    [Theory]
    [InlineData("text/html", null, "text/html instead of a file")]
    [InlineData("text/plain", "gzip", "compressed file")]
    public async Task A_stream_that_is_not_the_file_is_rejected(string type, string? encoding, string message)
    {
        using var test = new ClientUnderTest();
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("<html>", Encoding.UTF8, type),
        };
        if (encoding is not null)
        {
            response.Content.Headers.ContentEncoding.Add(encoding);
        }
        test.Transport.Reply(response);

        var failure = await Assert.ThrowsAsync<FwResponseException>(() =>
            test.SendAsync(Download("https://storage.example/x"))
        );

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static ApiRequest<NoContent> Post =>
        new(HttpMethod.Post, ResponseReader.NoContent) { Path = "v1/accounts/acme/dpoJobs/x:resume" };

    private static ApiRequest<NoContent> Delete =>
        new(HttpMethod.Delete, ResponseReader.NoContent) { Path = "v1/accounts/acme/dpoJobs/x" };

    private static JsonTypeInfo<string> StringType =>
        (JsonTypeInfo<string>)
            new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(
                typeof(string)
            );

    private static ApiRequest<DownloadStream> Download(string address) =>
        new(HttpMethod.Get, ResponseReader.Stream)
        {
            SignedAddress = new Uri(address),
            Operation = ApiOperation.Download,
        };

    private static Task<int> ReadAsync(Stream stream, int count) =>
        stream.ReadAsync(new byte[count], 0, count, TestContext.Current.CancellationToken);

    /// <summary>A body of one byte per read, each after a delay.</summary>
    private sealed class SlowBody(int reads, TimeSpan delay) : MemoryStream
    {
        private int _reads;

        public override bool CanSeek => false;

        public override async Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        )
        {
            await Task.Delay(delay, cancellationToken);
            if (_reads++ == reads)
            {
                return 0;
            }
            buffer[offset] = (byte)'x';
            return 1;
        }

#if NET
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var bytes = new byte[1];
#pragma warning disable CA1835 // This is the overload that the others call.
            var read = await ReadAsync(bytes, 0, 1, cancellationToken);
#pragma warning restore CA1835
            bytes.AsMemory(0, read).CopyTo(buffer);
            return read;
        }
#endif
    }
}
