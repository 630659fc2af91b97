using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Whether and when to retry, by the test vectors of the official SDK 1.2.3.</summary>
public sealed class RetryPolicyTests
{
    private const int SdkRetries = 3;

    // Retries left, the header Retry-After, seconds before jitter. "Now" is Fri, 29 Sep 2023 16:26:37 GMT.
    [Theory]
    [InlineData(3, "20", 20)]
    [InlineData(3, "0", 0.5)]
    [InlineData(3, "-10", 0.5)]
    [InlineData(3, "60", 60)]
    [InlineData(3, "61", 0.5)]
    [InlineData(3, "Fri, 29 Sep 2023 16:26:57 GMT", 20)]
    [InlineData(3, "Fri, 29 Sep 2023 16:26:37 GMT", 0.5)]
    [InlineData(3, "Fri, 29 Sep 2023 16:26:27 GMT", 0.5)]
    [InlineData(3, "Fri, 29 Sep 2023 16:27:37 GMT", 60)]
    [InlineData(3, "Fri, 29 Sep 2023 16:27:38 GMT", 0.5)]
    [InlineData(3, "99999999999999999999999999999999999", 0.5)]
    [InlineData(3, "Zun, 29 Sep 2023 16:26:27 GMT", 0.5)]
    [InlineData(3, "", 0.5)]
    [InlineData(2, "", 1)]
    [InlineData(1, "", 2)]
    [InlineData(-1100, "", 8)]
    public void The_delay_is_that_of_the_official_sdk(int left, string retryAfter, double seconds)
    {
        var delay = WithoutJitter.Delay(SdkRetries - left, new RetryAdvice(429, RetryAfter: retryAfter));

        Assert.Equal(TimeSpan.FromSeconds(seconds), delay);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 8)]
    [InlineData(5, 8)]
    [InlineData(64, 8)]
    [InlineData(int.MaxValue, 8)]
    public void The_delay_doubles_up_to_8_seconds_when_the_service_names_none(int retries, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), WithoutJitter.Delay(retries, null));
    }

    [Theory]
    [InlineData("1500", null, 1.5)]
    [InlineData("1500", "20", 1.5)]
    [InlineData("0.5", null, 0.0005)]
    [InlineData("60000", null, 60)]
    [InlineData("60001", null, 0.5)]
    [InlineData("0", null, 0.5)]
    [InlineData("soon", "20", 20)]
    [InlineData("", "20", 20)]
    [InlineData(null, "1.25", 1.25)]
    [InlineData(null, "NaN", 0.5)]
    [InlineData(null, "Infinity", 0.5)]
    [InlineData(null, "1,5", 0.5)]
    [InlineData(null, "soon", 0.5)]
    public void Milliseconds_take_precedence_over_seconds_and_both_may_be_fractional(
        string? milliseconds,
        string? retryAfter,
        double seconds
    )
    {
        var delay = WithoutJitter.Delay(0, new RetryAdvice(429, null, milliseconds, retryAfter));

        Assert.Equal(TimeSpan.FromSeconds(seconds), delay);
    }

    [Fact]
    public void Jitter_shortens_the_delay_by_up_to_a_quarter()
    {
        var cases =
            from retries in Gen.Choose(0, 10)
            from thousandths in Gen.Choose(0, 999)
            select (retries, random: thousandths / 1000.0);

        Prop.ForAll(
                cases.ToArbitrary(),
                pair =>
                {
                    var full = RetryPolicy.Backoff(pair.retries);
                    var delay = new RetryPolicy(2, new FakeClock(), () => pair.random).Delay(pair.retries, null);
                    return delay > full * 0.75
                        && delay <= full
                        && Math.Abs((delay - (full * (1 - (0.25 * pair.random)))).Ticks) <= 1;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Jitter_extends_a_delay_that_the_service_names_by_up_to_a_tenth()
    {
        var policy = new RetryPolicy(2, new FakeClock(), () => 0.5);

        Assert.Equal(TimeSpan.FromSeconds(21), policy.Delay(0, new RetryAdvice(429, RetryAfter: "20")));
    }

    [Fact]
    public void The_jitter_of_the_machine_varies_within_a_quarter()
    {
        var policy = new RetryPolicy(2, new FakeClock());
        var delays = Enumerable.Range(0, 1000).Select(_ => policy.Delay(0, null).TotalSeconds).ToList();

        Assert.All(delays, delay => Assert.InRange(delay, 0.375, 0.5));
        Assert.True(delays.Distinct().Count() > 900);
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(409, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(520, true)]
    [InlineData(599, true)]
    [InlineData(302, false)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(402, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(412, false)]
    [InlineData(499, false)]
    [InlineData(501, false)]
    public void The_status_decides_whether_a_repeatable_request_is_retried(int status, bool shouldRetry)
    {
        Assert.Equal(shouldRetry, ShouldRetry(true, new RetryAdvice(status)));
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(400, true)]
    [InlineData(503, false)]
    [InlineData(429, false)]
    public void The_header_x_should_retry_takes_precedence_over_the_status(int status, bool header)
    {
        Assert.Equal(header, ShouldRetry(true, new RetryAdvice(status, header)));
        Assert.Equal(header, ShouldRetry(false, new RetryAdvice(status, header)));
    }

    [Theory]
    [InlineData(429, "20", null, true)]
    [InlineData(429, null, null, true)]
    [InlineData(503, null, "250", false)]
    [InlineData(503, null, null, false)]
    [InlineData(500, "20", null, false)]
    [InlineData(502, "20", null, false)]
    [InlineData(504, "20", null, false)]
    [InlineData(408, "20", null, false)]
    [InlineData(409, "20", null, false)]
    public void Of_all_statuses_only_429_repeats_a_request_that_is_not_repeatable(
        int status,
        string? retryAfter,
        string? milliseconds,
        bool shouldRetry
    )
    {
        Assert.Equal(shouldRetry, ShouldRetry(false, new RetryAdvice(status, null, milliseconds, retryAfter)));
    }

    [Fact]
    public void A_repeatable_request_is_retried_after_connection_errors_and_timeouts()
    {
        Assert.True(WithoutJitter.ShouldRetry(0, true, new AttemptException(new FwConnectionException("m"))));
        Assert.True(WithoutJitter.ShouldRetry(0, true, new AttemptException(new FwTimeoutException("m", default))));
        Assert.False(WithoutJitter.ShouldRetry(0, true, new AttemptException(new FwResponseException("m"))));
    }

    [Fact]
    public void A_repeatable_request_is_retried_when_the_service_failed_with_a_status_of_success()
    {
        var failure = new AttemptException(new FwResponseException("m")) { IsServerFault = true };

        Assert.True(WithoutJitter.ShouldRetry(0, true, failure));
        Assert.False(WithoutJitter.ShouldRetry(0, false, failure));
    }

    [Theory]
    [InlineData(502, null, true)]
    [InlineData(503, null, true)]
    [InlineData(504, null, true)]
    [InlineData(503, false, false)]
    [InlineData(500, null, false)]
    [InlineData(429, null, false)]
    public void The_statuses_of_a_restart_are_an_outage(int status, bool? shouldRetry, bool isOutage)
    {
        var failure = new AttemptException(new FwApiException(status, "m"), new RetryAdvice(status, shouldRetry));

        Assert.Equal(isOutage, RetryPolicy.IsOutage(failure));
        Assert.True(RetryPolicy.IsOutage(new AttemptException(new FwConnectionException("m"))));
        Assert.False(RetryPolicy.IsOutage(new AttemptException(new FwTimeoutException("m", default))));
    }

    [Fact]
    public void Another_request_is_retried_only_when_it_was_not_sent()
    {
        var unsent = new AttemptException(new FwConnectionException("m")) { IsUnsent = true };

        Assert.True(WithoutJitter.ShouldRetry(0, false, unsent));
        Assert.False(WithoutJitter.ShouldRetry(0, false, new AttemptException(new FwConnectionException("m"))));
        Assert.False(WithoutJitter.ShouldRetry(0, false, new AttemptException(new FwTimeoutException("m", default))));
    }

    [Fact]
    public void No_request_is_retried_more_often_than_the_maximum()
    {
        var failure = new AttemptException(new FwApiException(503, "m"), new RetryAdvice(503, true));

        Assert.True(WithoutJitter.ShouldRetry(SdkRetries - 1, true, failure));
        Assert.False(WithoutJitter.ShouldRetry(SdkRetries, true, failure));
    }

    private static RetryPolicy WithoutJitter => new(SdkRetries, new FakeClock(), () => 0);

    private static bool ShouldRetry(bool isRepeatable, RetryAdvice advice) =>
        WithoutJitter.ShouldRetry(
            0,
            isRepeatable,
            new AttemptException(new FwApiException(advice.StatusCode, "m"), advice)
        );
}
