using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Which requests the client retries, how often, and after how long.</summary>
public sealed class RetryTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(520)]
    public async Task Retries_a_transient_failure_until_it_succeeds(int status)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}", (HttpStatusCode)status)
            .Json("{}", (HttpStatusCode)status)
            .Json("""{"totalSize":3}""");

        var page = await test.ListAsync();

        Assert.Equal(3, page.TotalSize);
        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.Single(test.Transport.Requests.Select(request => request.Uri).Distinct());
        Assert.All(
            test.Transport.Requests,
            request => Assert.Contains(ClientUnderTest.Key, request.Headers["Authorization"], StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Gives_up_after_two_retries(int status)
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Json("""{"message":"busy"}""", (HttpStatusCode)status);
        }

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.Equal(2, test.Clock.Delays.Count);
        Assert.Equal(2, exception.Retries);
        Assert.Contains("Failed after 3 attempts.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(412)]
    public async Task Does_not_retry_a_permanent_failure(int status)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}", (HttpStatusCode)status);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal(status, exception.StatusCode);
        Assert.Single(test.Transport.Requests);
        Assert.Empty(test.Clock.Delays);
        Assert.DoesNotContain("attempts", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_a_failed_connection_twice_and_then_reports_its_cause()
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Fail(
                new HttpRequestException("Outer.", new SocketException((int)SocketError.ConnectionRefused))
            );
        }

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => test.ListAsync());

        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.Equal(
            $"The service could not be reached: {new SocketException((int)SocketError.ConnectionRefused).Message}. Failed after 3 attempts. Request: GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs.",
            exception.Message
        );
    }

    [Fact]
    public async Task Retries_when_connecting_takes_too_long()
    {
        // SocketsHttpHandler's ConnectTimeout ends this way, although nothing was cancelled.
        using var test = new ClientUnderTest();
        test.Transport.Fail(new TaskCanceledException("connect")).Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        Assert.Equal(2, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task Retries_a_broken_body_and_reports_how_much_was_received()
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Reply(
                HttpStatusCode.OK,
                new FakeBody("""{"dpoJobs":[""") { Failure = new IOException("Connection reset by peer") }
            );
        }

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => test.ListAsync());

        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.Contains("12 bytes received", exception.Message, StringComparison.Ordinal);
        Assert.Contains("IOException", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposes_the_response_before_retrying()
    {
        using var test = new ClientUnderTest();
        using var first = new FakeBody("busy") { TotalLength = 4 };
        test.Transport.Reply(HttpStatusCode.ServiceUnavailable, first).Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        Assert.True(first.IsDisposed);
    }

    [Theory]
    [InlineData("x-should-retry", "true", 404, 3)]
    [InlineData("x-should-retry", "True", 400, 3)]
    [InlineData("x-should-retry", "false", 503, 1)]
    [InlineData("x-should-retry", "maybe", 503, 3)]
    [InlineData("x-should-retry", "maybe", 404, 1)]
    public async Task The_service_decides_whether_to_retry(string header, string value, int status, int requests)
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < requests; i++)
        {
            test.Transport.Reply((HttpStatusCode)status, "{}", "application/json", (header, value));
        }

        await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal(requests, test.Transport.Requests.Count);
    }

    [Theory]
    [InlineData("Retry-After", "20", 20)]
    [InlineData("Retry-After", "1.5", 1.5)]
    [InlineData("Retry-After", "Fri, 29 Sep 2023 16:26:57 GMT", 20)]
    [InlineData("retry-after-ms", "250", 0.25)]
    public async Task Waits_as_long_as_the_service_requests(string header, string value, double seconds)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.TooManyRequests, "{}", "application/json", (header, value))
            .Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        // Up to a tenth longer, because other clients may have received the same delay.
        Assert.InRange(Assert.Single(test.Clock.Delays).TotalSeconds, seconds, seconds * 1.1);
    }

    [Fact]
    public async Task Waits_longer_each_time_with_jitter_when_the_service_names_no_delay()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}", HttpStatusCode.ServiceUnavailable)
            .Json("{}", HttpStatusCode.ServiceUnavailable)
            .Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        var waits = test.Clock.Delays.Select(delay => delay.TotalSeconds).ToList();
        Assert.Equal(2, waits.Count);
        Assert.InRange(waits[0], 0.375, 0.5);
        Assert.InRange(waits[1], 0.75, 1);
    }

    [Fact]
    public async Task Logs_every_retry()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.TooManyRequests, "{}", "application/json", ("Retry-After", "20"))
            .Fail(new HttpRequestException("x"))
            .Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        var lines = test.Log.Lines.ToList();
        Assert.Equal(3, lines.Count);
        Assert.Matches(@"^HTTP 429\. Retrying in 2[012](\.\d+)? s \(retry 1 of 2\)\.$", lines[0]);
        Assert.Matches(@"^The connection failed\. Retrying in (0\.[789]\d?|1) s \(retry 2 of 2\)\.$", lines[1]);
        Assert.StartsWith("GET ", lines[2], StringComparison.Ordinal);
        Assert.Equal(2, test.Log.WaitsOver);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("502")]
    [InlineData("503")]
    public async Task A_listing_that_has_begun_outlasts_a_restart_of_the_service(string failure)
    {
        using var test = Failing(failure, 6);
        test.Transport.Json("""{"dpoJobs":[]}""");

        await ContinueAsync(test);

        Assert.Equal(7, test.Transport.Requests.Count);
        Assert.InRange(test.Clock.Delays.Sum(delay => delay.TotalSeconds), 20, 24);
        Assert.EndsWith(
            "(the service may be restarting; giving up in 29 s).",
            test.Log.Lines.ElementAt(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_listing_that_has_begun_waits_30_seconds_at_most()
    {
        using var test = Failing("503", 50);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => ContinueAsync(test));

        Assert.InRange(test.Clock.Delays.Sum(delay => delay.TotalSeconds), 29.9, 30.1);
        Assert.Equal(test.Transport.Requests.Count, exception.Retries + 1);
    }

    [Theory]
    [InlineData("500", 2)]
    [InlineData("503", 0)]
    public async Task Other_failures_and_disabled_retries_have_no_longer_patience(string failure, int retries)
    {
        using var test = Failing(failure, 3);
        var connection = new FwConnection(test.Connection.BaseUri, new ApiKey(ClientUnderTest.Key, "the test"))
        {
            MaximumRetryCount = retries,
        };

        await Assert.ThrowsAsync<FwApiException>(() =>
            test.ClientFor(connection)
                .ListDpoJobsAsync(
                    new ListDpoJobsRequest("acme"),
                    "t",
                    TestContext.Current.CancellationToken,
                    isContinuation: true
                )
        );

        Assert.Equal(retries + 1, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task Reports_a_timeout_in_seconds_when_there_is_no_response()
    {
        using var test = new ClientUnderTest(timeout: Soon);
        test.Transport.Stall().Stall().Stall();

        var exception = await Assert.ThrowsAsync<FwTimeoutException>(() => test.ListAsync());

        Assert.StartsWith(
            "No complete response within 0.1 s. Retrying in ",
            test.Log.Lines.First(),
            StringComparison.Ordinal
        );
        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.Equal(Soon, exception.Timeout);
        Assert.StartsWith("The service did not respond within 0.1 s.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Failed after 3 attempts.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reports_a_timeout_in_seconds_and_bytes_when_the_body_stalls(bool endsWhenStopped)
    {
        using var test = new ClientUnderTest(timeout: Soon);
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Reply(
                HttpStatusCode.OK,
                new FakeBody("""{"dpoJobs":[""") { EndsWhenStopped = endsWhenStopped }
            );
        }

        var exception = await Assert.ThrowsAsync<FwTimeoutException>(() => test.ListAsync());

        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.StartsWith(
            "The response was incomplete after 0.1 s (12 bytes received).",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Reports_the_status_when_the_body_of_an_error_stalls()
    {
        using var test = new ClientUnderTest(timeout: Soon);
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Reply(HttpStatusCode.Unauthorized, new FakeBody("""{"message":"no"""));
        }

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal(401, exception.StatusCode);
        Assert.Single(test.Transport.Requests);
    }

    public static TheoryData<string> PossiblyExecuted =>
        ["timeout", "broken", "broken body", "unreachable", "408", "409", "500", "502", "503", "504"];

    [Theory]
    [MemberData(nameof(PossiblyExecuted))]
    public async Task Does_not_repeat_a_post_that_may_have_been_executed(string failure)
    {
        using var test = Failing(failure, 1);

        var exception = await Assert.ThrowsAnyAsync<FwException>(() => test.SendAsync(Request(HttpMethod.Post)));

        Assert.Equal(0, exception.Retries);
        Assert.Single(test.Transport.Requests);
        Assert.StartsWith("POST ", exception.Request, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PossiblyExecuted))]
    public async Task Repeats_a_post_that_is_marked_as_repeatable(string failure)
    {
        using var test = Failing(failure, 2);
        test.Transport.Json("""{"dpoJobs":[]}""");

        await test.SendAsync(Request(HttpMethod.Post) with { IsRepeatable = true });

        Assert.Equal(3, test.Transport.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(PossiblyExecuted))]
    public async Task Repeats_a_delete(string failure)
    {
        using var test = Failing(failure, 2);
        test.Transport.Json("""{"dpoJobs":[]}""");

        await test.SendAsync(Request(HttpMethod.Delete));

        Assert.Equal(3, test.Transport.Requests.Count);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused)]
    [InlineData(SocketError.HostNotFound)]
    public async Task Repeats_a_post_that_was_not_sent(SocketError error)
    {
        using var test = new ClientUnderTest();
        test.Transport.Fail(new HttpRequestException("x", new SocketException((int)error)))
            .Fail(new TaskCanceledException("connect"))
            .Json("""{"dpoJobs":[]}""");

        await test.SendAsync(Request(HttpMethod.Post));

        Assert.Equal(3, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task Does_not_repeat_a_post_after_a_connection_reset()
    {
        using var test = new ClientUnderTest();
        test.Transport.Fail(
            new HttpRequestException("x", new IOException("x", new SocketException((int)SocketError.ConnectionReset)))
        );

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => test.SendAsync(Request(HttpMethod.Post)));

        Assert.StartsWith(
            "The connection broke before the service responded: ",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Single(test.Transport.Requests);
    }

    [Theory]
    [InlineData(429, "Retry-After", "1")]
    [InlineData(500, "x-should-retry", "true")]
    public async Task Repeats_a_post_when_the_service_requests_it(int status, string header, string value)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply((HttpStatusCode)status, "{}", "application/json", (header, value))
            .Json("""{"dpoJobs":[]}""");

        await test.SendAsync(Request(HttpMethod.Post));

        Assert.Equal(2, test.Transport.Requests.Count);
    }

    private static Task<DpoJobPage> ContinueAsync(ClientUnderTest test) =>
        test.Client.ListDpoJobsAsync(
            new ListDpoJobsRequest("acme"),
            "t",
            TestContext.Current.CancellationToken,
            isContinuation: true
        );

    private static ApiRequest<NoContent> Request(HttpMethod method) =>
        new(method, ResponseReader.NoContent) { Path = "v1/accounts/acme/dpoJobs/x", Body = "{}"u8.ToArray() };

    private static ClientUnderTest Failing(string failure, int times)
    {
        var test = new ClientUnderTest(timeout: failure == "timeout" ? Soon : null);
        for (var i = 0; i < times; i++)
        {
            _ = failure switch
            {
                "timeout" => test.Transport.Stall(),
                "broken" => test.Transport.Fail(new HttpRequestException("x")),
                // An established connection reports it as well.
                "unreachable" => test.Transport.Fail(
                    new HttpRequestException("x", new SocketException((int)SocketError.HostUnreachable))
                ),
                "broken body" => test.Transport.Reply(
                    HttpStatusCode.OK,
                    new FakeBody("{") { Failure = new IOException("x") }
                ),
                _ => test.Transport.Json("{}", (HttpStatusCode)int.Parse(failure, null)),
            };
        }
        return test;
    }
}
