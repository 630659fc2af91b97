using System.Globalization;
using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>Whether a failed attempt is repeated, and after how long.</summary>
/// <remarks>
/// Statuses and delays are those of the service's own Python SDK (1.2.3). That SDK also repeats POST, and the service documents
/// no idempotency key, so a POST that was executed although its response was lost would be executed twice. This policy repeats
/// it only when it was certainly not executed, or the service says so.
/// </remarks>
/// <param name="maximumRetryCount">How often one request is retried at most.</param>
/// <param name="clock">The clock, for dates in Retry-After.</param>
/// <param name="random">Returns a number from 0 up to 1. Null for the machine's.</param>
internal sealed class RetryPolicy(int maximumRetryCount, IClock clock, Func<double>? random = null)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan MaxServiceDelay = TimeSpan.FromSeconds(60);

    private readonly Func<double> _random = random ?? NextRandom;

    /// <summary>How often one request is retried at most.</summary>
    public int MaximumRetryCount { get; } = maximumRetryCount;

    /// <summary>Whether to send the request again.</summary>
    /// <param name="retries">How often it was retried so far.</param>
    /// <param name="isRepeatable">Whether it may be repeated although it may have been executed.</param>
    /// <param name="attempt">How the last attempt failed.</param>
    public bool ShouldRetry(int retries, bool isRepeatable, AttemptException attempt) =>
        retries < MaximumRetryCount
        && (
            attempt.Advice is { } advice
                ? ShouldRetry(isRepeatable, advice)
                : attempt.Failure is FwConnectionException or FwTimeoutException && (isRepeatable || attempt.IsUnsent)
        );

    /// <summary>The delay before the next attempt, with jitter unless the service names it.</summary>
    /// <param name="retries">How often the request was retried so far.</param>
    /// <param name="advice">What the service says. Null when it did not respond.</param>
    public TimeSpan Delay(int retries, RetryAdvice? advice) =>
        advice is not null && ServiceDelay(advice) is { } named
            ? named
            : TimeSpan.FromTicks((long)(Backoff(retries).Ticks * (1 - (0.25 * _random()))));

    /// <summary>The delay of the formula, without jitter: 0.5 s, doubled with each retry, 8 s at most.</summary>
    public static TimeSpan Backoff(int retries) =>
        retries > 4 ? MaxDelay : TimeSpan.FromTicks(FirstDelay.Ticks << Math.Max(retries, 0));

    // A Retry-After with 429 or 503 means that the service did not start to execute the request.
    private static bool ShouldRetry(bool isRepeatable, RetryAdvice advice) =>
        advice.ShouldRetry
        ?? (
            isRepeatable
                ? advice.StatusCode is 408 or 409 or 429 or >= 500
                : advice.StatusCode is 429 or 503 && (advice.RetryAfterMilliseconds ?? advice.RetryAfter) is not null
        );

    private TimeSpan? ServiceDelay(RetryAdvice advice)
    {
        var delay =
            Milliseconds(advice.RetryAfterMilliseconds) ?? Seconds(advice.RetryAfter) ?? Until(advice.RetryAfter);
        return delay > TimeSpan.Zero && delay <= MaxServiceDelay ? delay : null;
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

    // A number that a TimeSpan cannot represent is too long anyway.
    private static TimeSpan FromSeconds(double seconds) =>
        seconds is > -1e9 and < 1e9 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;

    // Jitter spreads the retries of many clients. It needs no secure randomness.
#if NET
    private static double NextRandom() => Random.Shared.NextDouble();
#else
    private static readonly Random Source = new();

    private static double NextRandom()
    {
        lock (Source)
        {
            return Source.NextDouble();
        }
    }
#endif
}

/// <summary>What a response says about retrying.</summary>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="ShouldRetry">The header x-should-retry. Null when it is absent or neither <c>true</c> nor <c>false</c>.</param>
/// <param name="RetryAfterMilliseconds">The header retry-after-ms, as sent. Null when absent.</param>
/// <param name="RetryAfter">The header Retry-After, as sent: seconds or an HTTP date. Null when absent.</param>
internal sealed record RetryAdvice(
    int StatusCode,
    bool? ShouldRetry = null,
    string? RetryAfterMilliseconds = null,
    string? RetryAfter = null
)
{
    /// <summary>Reads the headers of a response.</summary>
    public static RetryAdvice From(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            bool.TryParse(Header(response.Headers, "x-should-retry"), out var should) ? should : null,
            Header(response.Headers, "retry-after-ms"),
            Header(response.Headers, "Retry-After")
        );

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
