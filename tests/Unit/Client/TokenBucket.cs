using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A service with a rate limit: each request takes a token, and without one it is rejected with 429.</summary>
/// <param name="clock">The clock.</param>
/// <param name="rate">Tokens per second.</param>
/// <param name="capacity">The most tokens that accumulate.</param>
/// <param name="retryAfter">The value of Retry-After. Null for none.</param>
internal sealed class TokenBucket(VirtualClock clock, double rate, double capacity, string? retryAfter = null)
    : HttpMessageHandler
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);

    private double? _tokens;
    private DateTimeOffset _refilled = clock.UtcNow;

    /// <summary>The number of requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>The number of the first request from which on all are rejected. Null for none.</summary>
    public int? RejectsFrom { get; init; }

    /// <summary>The requests that are being handled.</summary>
    public int InFlight { get; private set; }

    /// <summary>The most requests that were handled at the same time since <see cref="MaxInFlight"/> was set to 0.</summary>
    public int MaxInFlight { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Requests++;
        InFlight++;
        MaxInFlight = Math.Max(MaxInFlight, InFlight);
        try
        {
            await clock.DelayAsync(Latency, cancellationToken);
            _tokens = Math.Min(capacity, (_tokens ?? capacity) + ((clock.UtcNow - _refilled).TotalSeconds * rate));
            _refilled = clock.UtcNow;
            if (_tokens >= 1 && !(Requests >= RejectsFrom))
            {
                _tokens--;
                return new HttpResponseMessage { Content = new StringContent("""{"dpoJobs":[]}""") }.AsJson();
            }
            var rejection = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
            {
                Content = new StringContent(string.Empty),
            };
            if (retryAfter is not null)
            {
                rejection.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            }
            return rejection;
        }
        finally
        {
            InFlight--;
        }
    }
}

file static class JsonContent
{
    public static HttpResponseMessage AsJson(this HttpResponseMessage response)
    {
        response.Content.Headers.ContentType = new("application/json");
        return response;
    }
}
