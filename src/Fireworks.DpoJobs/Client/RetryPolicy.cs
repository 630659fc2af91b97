using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>Decides whether a failed attempt is repeated, and after how long.</summary>
/// <remarks>
/// Statuses and delays are those of the service's own Python SDK (1.2.3), except that 501 is final. That SDK also repeats
/// POST, and the service documents no idempotency key, so a POST that was executed although its response was lost would be
/// executed twice. This policy repeats it only after an error of connecting, after 429, and when the service requests it
/// with x-should-retry. A delay that the service requests is extended by up to a tenth, because other clients may have
/// received the same.
/// </remarks>
/// <param name="maximumRetryCount">The maximum number of retries of one request.</param>
/// <param name="clock">The clock, for dates in Retry-After.</param>
/// <param name="random">Returns a number from 0 up to 1. Null for the machine's.</param>
internal sealed class RetryPolicy(int maximumRetryCount, IClock clock, Func<double>? random = null)
{
    private static readonly Random Jitter = new();

    /// <summary>Whether to send the request again.</summary>
    /// <param name="retries">The number of retries so far.</param>
    /// <param name="isRepeatable">Whether it may be repeated although it may have been executed.</param>
    /// <param name="attempt">The failure of the last attempt.</param>
    public bool ShouldRetry(int retries, bool isRepeatable, AttemptException attempt) =>
        retries < maximumRetryCount
        && (
            attempt.Advice is { } advice
                ? ShouldRetry(isRepeatable, advice)
                : (attempt.Failure is FwConnectionException or FwTimeoutException || attempt.IsServerFault)
                    && (isRepeatable || attempt.IsUnsent)
        );

    /// <summary>Whether a failure is typical of a service that restarts: no connection, 502, 503 or 504.</summary>
    public static bool IsOutage(AttemptException attempt) =>
        attempt.Advice is { } advice
            ? advice.StatusCode is 502 or 503 or 504 && advice.ShouldRetry != false
            : attempt.Failure is FwConnectionException;

    /// <summary>The delay before the next attempt: the one that the service requests, up to 60 s, else one with jitter.</summary>
    /// <param name="retries">The number of retries so far.</param>
    /// <param name="advice">The service's advice. Null when it did not respond.</param>
    public TimeSpan Delay(int retries, RetryAdvice? advice)
    {
        var seconds =
            Number(advice?.RetryAfterMilliseconds) / 1000
            ?? Number(advice?.RetryAfter)
            ?? SecondsUntil(advice?.RetryAfter);
        var jitter = (random ?? NextRandom)();
        return seconds is > 0 and <= 60
            ? TimeSpan.FromTicks((long)(seconds.Value * TimeSpan.TicksPerSecond * (1 + (0.1 * jitter))))
            : TimeSpan.FromTicks((long)(Backoff(retries).Ticks * (1 - (0.25 * jitter))));
    }

    /// <summary>The delay of the formula, without jitter: 0.5 s, doubled with each retry, 8 s at most.</summary>
    public static TimeSpan Backoff(int retries) => TimeSpan.FromSeconds(Math.Min(8, Math.Pow(2, retries - 1)));

    // 429 means that the service did not start to execute the request. Other statuses may come from a proxy in between.
    private static bool ShouldRetry(bool isRepeatable, RetryAdvice advice) =>
        advice.ShouldRetry
        ?? (isRepeatable ? advice.StatusCode is 408 or 409 or 429 or 500 or > 501 : advice.StatusCode is 429);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private double? SecondsUntil(string? httpDate) =>
        DateTimeOffset.TryParseExact(
            httpDate,
            "r",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date
        )
            ? (date - clock.UtcNow).TotalSeconds
            : null;

    // Jitter spreads the retries of many clients. It needs no secure randomness.
    private static double NextRandom()
    {
        lock (Jitter)
        {
            return Jitter.NextDouble();
        }
    }
}

/// <summary>The advice of a response about retrying.</summary>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="ShouldRetry">The header x-should-retry. Null when it is absent or neither <c>true</c> nor <c>false</c>.</param>
/// <param name="RetryAfterMilliseconds">The header retry-after-ms, as sent. Null when absent.</param>
/// <param name="RetryAfter">The header Retry-After, as sent: seconds or an HTTP date. Null when absent.</param>
internal sealed record RetryAdvice(
    int StatusCode,
    bool? ShouldRetry = null,
    string? RetryAfterMilliseconds = null,
    string? RetryAfter = null
);
