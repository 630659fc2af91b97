using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>When to try again, and after how long: the vectors of the official SDK 1.2.3.</summary>
public sealed class RetryPolicyTests
{
    private const int SdkRetries = 3;

    // Retries that are left, the header Retry-After, seconds before jitter. "Now" is Fri, 29 Sep 2023 16:26:37 GMT.
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
    public void The_wait_is_that_of_the_official_sdk(int left, string retryAfter, double seconds)
    {
        var wait = WithoutJitter.Delay(SdkRetries - left, new RetryAdvice(429, RetryAfter: retryAfter));

        Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
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
    public void Without_a_word_of_the_service_the_wait_doubles_up_to_8_seconds(int retries, double seconds)
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
    public void Milliseconds_go_before_seconds_and_both_may_be_fractional(
        string? milliseconds,
        string? retryAfter,
        double seconds
    )
    {
        var wait = WithoutJitter.Delay(0, new RetryAdvice(429, null, milliseconds, retryAfter));

        Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
    }

    [Fact]
    public void Jitter_takes_up_to_a_quarter_off_the_formulas_wait()
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
                    var wait = new RetryPolicy(2, new FakeClock(), () => pair.random).Delay(pair.retries, null);
                    return wait > full * 0.75
                        && wait <= full
                        && Math.Abs((wait - (full * (1 - (0.25 * pair.random)))).Ticks) <= 1;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_wait_that_the_service_names_has_no_jitter()
    {
        var policy = new RetryPolicy(2, new FakeClock(), () => 0.99);

        Assert.Equal(TimeSpan.FromSeconds(20), policy.Delay(0, new RetryAdvice(429, RetryAfter: "20")));
    }

    [Fact]
    public void The_shipped_jitter_is_from_0_up_to_1_and_moves()
    {
        var numbers = Enumerable.Range(0, 1000).Select(_ => Jitter.Next()).ToList();

        Assert.All(numbers, number => Assert.True(number is >= 0 and < 1));
        Assert.True(numbers.Distinct().Count() > 900);
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
    public void The_status_says_whether_to_try_again(int status, bool shouldRetry)
    {
        Assert.Equal(shouldRetry, RetryPolicy.ShouldRetry(Failure(status, null)));
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(400, true)]
    [InlineData(503, false)]
    [InlineData(429, false)]
    public void The_services_own_word_goes_before_the_status(int status, bool said)
    {
        Assert.Equal(said, RetryPolicy.ShouldRetry(Failure(status, said)));
    }

    [Fact]
    public void A_connection_that_failed_and_a_timeout_are_tried_again_and_a_wrong_reply_is_not()
    {
        Assert.True(RetryPolicy.ShouldRetry(new(new FwConnectionException("m"))));
        Assert.True(RetryPolicy.ShouldRetry(new(new FwTimeoutException("m", TimeSpan.FromSeconds(1)))));
        Assert.False(RetryPolicy.ShouldRetry(new(new FwResponseException("m"))));
    }

    private static RetryPolicy WithoutJitter => new(SdkRetries, new FakeClock(), () => 0);

    private static AttemptException Failure(int status, bool? should) =>
        new(new FwApiException(status, "m"), new RetryAdvice(status, should));
}
