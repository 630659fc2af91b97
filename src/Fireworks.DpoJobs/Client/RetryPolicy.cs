using System;
using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>
/// When to try again, and after how long: as the service's own Python SDK does it (its 1.2.3). The service's word goes
/// before any formula.
/// </summary>
internal sealed class RetryPolicy(int maximumRetryCount, IClock clock, Func<double> random)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestServiceDelay = TimeSpan.FromSeconds(60);

    /// <summary>How often one request is tried again at most.</summary>
    public int MaximumRetryCount { get; } = maximumRetryCount;

    /// <summary>Whether a failed try may be followed by another.</summary>
    public static bool ShouldRetry(AttemptException attempt) =>
        attempt switch
        {
            { Failure: FwConnectionException or FwTimeoutException } => true,
            { Advice: { ShouldRetry: { } should } } => should,
            { Advice: { StatusCode: var status } } => status is 408 or 409 or 429 or >= 500,
            _ => false,
        };

    /// <summary>The wait before the next try, with jitter unless the service named it.</summary>
    /// <param name="retries">How many retries there have been, 0 before the first.</param>
    /// <param name="advice">What the service said. Null when it did not answer.</param>
    public TimeSpan Delay(int retries, RetryAdvice? advice)
    {
        if (advice is not null && ServiceDelay(advice) is { } named)
        {
            return named;
        }
        return TimeSpan.FromTicks((long)(Backoff(retries).Ticks * (1 - (0.25 * random()))));
    }

    /// <summary>The wait that the formula gives, without jitter: 0.5 s, doubled with each retry, 8 s at most.</summary>
    public static TimeSpan Backoff(int retries) =>
        retries > 4 ? LongestDelay : TimeSpan.FromTicks(FirstDelay.Ticks << Math.Max(retries, 0));

    private TimeSpan? ServiceDelay(RetryAdvice advice)
    {
        var delay =
            Milliseconds(advice.RetryAfterMilliseconds) ?? Seconds(advice.RetryAfter) ?? Until(advice.RetryAfter);
        return delay > TimeSpan.Zero && delay <= LongestServiceDelay ? delay : null;
    }

    private static TimeSpan? Milliseconds(string? text) => Number(text) is { } value ? FromSeconds(value / 1000) : null;

    private static TimeSpan? Seconds(string? text) => Number(text) is { } value ? FromSeconds(value) : null;

    private TimeSpan? Until(string? httpDate) =>
        DateTimeOffset.TryParseExact(
            httpDate,
            "r",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date
        )
            ? date - clock.UtcNow
            : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    // A number that no TimeSpan holds is as good as one that is too long.
    private static TimeSpan FromSeconds(double seconds) =>
        seconds is > -1e9 and < 1e9 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
}
