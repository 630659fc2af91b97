using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>What an answer says about trying again.</summary>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="ShouldRetry">The header x-should-retry. Null when absent or neither <c>true</c> nor <c>false</c>.</param>
/// <param name="RetryAfterMilliseconds">The header retry-after-ms, as sent. Null when absent.</param>
/// <param name="RetryAfter">The header Retry-After, as sent: seconds or an HTTP date. Null when absent.</param>
internal sealed record RetryAdvice(
    int StatusCode,
    bool? ShouldRetry = null,
    string? RetryAfterMilliseconds = null,
    string? RetryAfter = null
)
{
    /// <summary>Reads the headers of an answer.</summary>
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
