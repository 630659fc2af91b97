using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// The body of an error response, in any of the forms that the gateway and the proxies before it are known to send:
/// google.rpc.Status, AIP-193, <c>{"error":{…},"request_id":…}</c>, <c>{"error":"…"}</c>, <c>{"message":"…"}</c>,
/// <c>{"detail":"…"}</c>, plain text.
/// </summary>
internal sealed record ErrorResponse
{
    private const int MaxSize = 64 * 1024;

    // Cloudflare sends this before a request reaches the service: 1010 for a client's signature, others for its network.
    private static readonly Regex FrontEndError = new(@"^\s*error code: 1\d{3}\s*$", RegexOptions.CultureInvariant);

    // The string fields of google.rpc's error_details.proto that describe the error and contain no data of the caller.
    private static readonly string[] DetailFields =
    [
        "@type",
        "reason",
        "domain",
        "description",
        "field",
        "subject",
        "type",
        "resourceType",
        "retryDelay",
        "locale",
        "message",
    ];

    private string? Message { get; init; }

    private RpcCode? Code { get; init; }

    private string? RequestId { get; init; }

    private List<Dictionary<string, string>> Details { get; init; } = [];

    /// <summary>Reads a response with an error status.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body.</param>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="deadline">Ends the reading; the part that arrived by then is used.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="OperationCanceledException">The user cancelled the reading.</exception>
    public static async Task<AttemptException> ReadAsync(
        HttpResponseMessage response,
        ResponseStream body,
        Attempt attempt,
        CancellationToken deadline,
        CancellationToken cancellationToken
    )
    {
        var text = await ReadTextAsync(body, deadline, cancellationToken).ConfigureAwait(false);
        var error = Parse(text, response.Content.Headers.ContentType?.MediaType == "text/plain");

        var status = (int)response.StatusCode;
        var advice = new RetryAdvice(
            status,
            bool.TryParse(Header("x-should-retry"), out var shouldRetry) ? shouldRetry : null,
            Header("retry-after-ms"),
            Header("Retry-After")
        );
        var message = Redact(error.Message);
        var requestId = Redaction.RedactRequestId(
            error.RequestId ?? Header("x-request-id") ?? Header("cf-ray"),
            attempt.ApiKey.Redact
        );
        var phrase = Redact(response.ReasonPhrase) is { Length: > 0 } reason ? " " + reason : "";
        // "404 Not Found" includes NotFound already.
        var isRepetition = phrase.Replace(" ", "").Equals(error.Code?.ToString(), StringComparison.OrdinalIgnoreCase);
        var code = error.Code is { } known && !isRepetition ? $" ({known})" : "";
        var quote = message is null ? "" : $" {message.TrimEnd('.')}.";
        var request = requestId is null ? "" : $" Request ID: {requestId}.";
        var isClientRejected = status == 403 && FrontEndError.IsMatch(text);
        var cause = isClientRejected
            ? $"The front end of the service rejected this client or network, not the API key ({status}, {text.Trim()})."
            : $"The service returned {status}{phrase}{code}.{DescribeRedirect(response, attempt.ApiKey)}{quote}";
        var failure = new FwApiException(status, cause + request, attempt.Request, attempt.Retries)
        {
            Code = error.Code,
            ServiceMessage = message,
            Reason = Redact(
                error
                    .Details.Where(detail => detail.ContainsKey("reason"))
                    .Select(detail => detail["reason"])
                    .FirstOrDefault()
            ),
            // An array: PowerShell cannot index the type that a collection expression creates.
            Details = error
                .Details.Select(detail =>
                    detail.ToDictionary(field => field.Key, field => Redact(field.Value)!, StringComparer.Ordinal)
                )
                .ToArray<IReadOnlyDictionary<string, string>>(),
            RequestId = requestId,
            IsClientRejected = isClientRejected,
            Operation = attempt.Operation,
            ShouldRetry = advice.ShouldRetry,
        };
        return new AttemptException(failure, advice);

        string? Redact(string? untrusted) =>
            untrusted is null ? null : Redaction.Redact(untrusted, attempt.ApiKey.Redact);

        string? Header(string name) =>
            response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
    }

    /// <summary>The message in the fields of an error body, without secrets. Null when there is none.</summary>
    public static string? FindMessage(Dictionary<string, JsonElement>? fields, ApiKey apiKey)
    {
        var members = (fields ?? []).Select(field =>
            $"\"{JsonEncodedText.Encode(field.Key)}\":{field.Value.GetRawText()}"
        );
        return Parse($"{{{string.Join(",", members)}}}", isPlainText: false).Message is { } message
            ? Redaction.Redact(message, apiKey.Redact)
            : null;
    }

    // Only the scheme and the host: paths and queries may contain secrets.
    private static string DescribeRedirect(HttpResponseMessage response, ApiKey apiKey)
    {
        if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } target)
        {
            return "";
        }
        if (!target.IsAbsoluteUri)
        {
            return " It redirects to another path of the same host.";
        }
        var address = target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        return $" It redirects to {Redaction.Redact(Truncation.Truncate(address, 200), apiKey.Redact)}.";
    }

    // An unreadable body does not change that the response is an error: it is reported without one.
    private static async Task<string> ReadTextAsync(
        ResponseStream body,
        CancellationToken deadline,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[MaxSize];
        var length = 0;
        try
        {
            int read;
            do
            {
#if NET
                read = await body.ReadAsync(buffer.AsMemory(length), deadline).ConfigureAwait(false);
#else
                read = await body.ReadAsync(buffer, length, buffer.Length - length, deadline).ConfigureAwait(false);
#endif
                length += read;
            } while (read > 0 && length < buffer.Length);
        }
        catch (Exception exception) when (exception is OperationCanceledException || Attempt.IsBroken(exception))
        {
            // The part that arrived before may still describe the error.
        }
        // After a cancellation, a body may also seem to end.
        cancellationToken.ThrowIfCancellationRequested();
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    // Never throws; an unreadable body yields an empty result.
    private static ErrorResponse Parse(string body, bool isPlainText)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                var error =
                    root.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object
                        ? inner
                        : root;
                return new ErrorResponse
                {
                    Message = Text(error, "message") ?? Text(root, "error") ?? Text(root, "detail"),
                    Code = FindCode(error),
                    Details = FindDetails(error),
                    RequestId = Text(root, "request_id"),
                };
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON (a proxy's page, or text), or JSON with an invalid string (half of a surrogate pair).
        }
        return new ErrorResponse { Message = isPlainText && !string.IsNullOrWhiteSpace(body) ? body.Trim() : null };
    }

    private static RpcCode? FindCode(JsonElement error)
    {
        if (Text(error, "status") is { } status)
        {
            return RpcCodes.Parse(status);
        }
        // The control plane sends this for a wrong key, with status 403.
        if (Text(error, "code") == "UNAUTHORIZED")
        {
            return RpcCode.Unauthenticated;
        }
        // In the form of AIP-193, code is the HTTP status; the codes of google.rpc range from 0 to 16.
        return
            error.TryGetProperty("code", out var code)
            && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt32(out var number)
            && number is >= 0 and <= 16
            ? (RpcCode)number
            : null;
    }

    private static List<Dictionary<string, string>> FindDetails(JsonElement error) =>
        error.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Array
            ?
            [
                .. details
                    .EnumerateArray()
                    .Where(detail => detail.ValueKind == JsonValueKind.Object)
                    .Select(detail =>
                        DetailFields
                            .Where(name => Text(detail, name) is not null)
                            .ToDictionary(name => name, name => Text(detail, name)!, StringComparer.Ordinal)
                    ),
            ]
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
