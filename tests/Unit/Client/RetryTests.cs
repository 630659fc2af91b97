using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>What the client tries again, how often, and after how long.</summary>
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
    public async Task A_passing_trouble_is_tried_again_until_it_passes(int status)
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
    public async Task Two_retries_are_the_most(int status)
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
    public async Task What_will_not_pass_is_not_tried_again(int status)
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
    public async Task A_connection_that_fails_is_tried_again_twice_and_then_reported_with_its_cause()
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
    public async Task A_connection_that_takes_too_long_to_make_is_a_connection_error()
    {
        // SocketsHttpHandler's ConnectTimeout ends with this, although nobody cancelled.
        using var test = new ClientUnderTest();
        test.Transport.Fail(new TaskCanceledException("connect")).Json("{}");

        await test.ListAsync();

        Assert.Equal(2, test.Transport.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_tried_again_and_says_how_much_had_arrived()
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
    public async Task Each_answer_is_let_go_of_before_the_next_try()
    {
        using var test = new ClientUnderTest();
        using var first = new FakeBody("busy") { TotalLength = 4 };
        test.Transport.Reply(HttpStatusCode.ServiceUnavailable, first).Json("{}");

        await test.ListAsync();

        Assert.True(first.IsDisposed);
    }

    [Theory]
    [InlineData("x-should-retry", "true", 404, 3)]
    [InlineData("x-should-retry", "True", 400, 3)]
    [InlineData("x-should-retry", "false", 503, 1)]
    [InlineData("x-should-retry", "maybe", 503, 3)]
    [InlineData("x-should-retry", "maybe", 404, 1)]
    public async Task The_services_word_decides(string header, string value, int status, int requests)
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
    public async Task The_wait_that_the_service_names_is_kept(string header, string value, double seconds)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.TooManyRequests, "{}", "application/json", (header, value)).Json("{}");

        await test.ListAsync();

        Assert.Equal([TimeSpan.FromSeconds(seconds)], test.Clock.Delays);
    }

    [Fact]
    public async Task Waits_grow_and_have_jitter_when_the_service_names_none()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}", HttpStatusCode.ServiceUnavailable)
            .Json("{}", HttpStatusCode.ServiceUnavailable)
            .Json("{}");

        await test.ListAsync();

        var waits = test.Clock.Delays.Select(delay => delay.TotalSeconds).ToList();
        Assert.Equal(2, waits.Count);
        Assert.InRange(waits[0], 0.375, 0.5);
        Assert.InRange(waits[1], 0.75, 1);
    }

    [Fact]
    public async Task The_log_tells_of_every_retry()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.TooManyRequests, "{}", "application/json", ("Retry-After", "20"))
            .Fail(new HttpRequestException("x"))
            .Json("{}");

        await test.ListAsync();

        var lines = test.Log.Lines.ToList();
        Assert.Equal(3, lines.Count);
        Assert.Equal("HTTP 429, trying again in 20 s, 1 of 2", lines[0]);
        Assert.Matches(@"^The connection failed, trying again in (0\.[789]\d?|1) s, 2 of 2$", lines[1]);
        Assert.StartsWith("GET ", lines[2], StringComparison.Ordinal);
        Assert.Equal(2, test.Log.WaitsOver);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_a_timeout_that_names_the_seconds()
    {
        using var test = new ClientUnderTest(timeout: Soon);
        test.Transport.Stall().Stall().Stall();

        var exception = await Assert.ThrowsAsync<FwTimeoutException>(() => test.ListAsync());

        Assert.StartsWith(
            "No complete answer within 0.1 s, trying again in ",
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
    public async Task An_answer_that_stalls_is_a_timeout_that_names_seconds_and_bytes(bool endsWhenStopped)
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
    public async Task A_refusal_whose_body_stalls_is_still_that_refusal()
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
}
