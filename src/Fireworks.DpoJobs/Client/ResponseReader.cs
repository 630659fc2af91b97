using System.Net;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>Reads the body of a successful response.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="ReadAsync">Reads the body. Throws an <see cref="AttemptException"/> when it is not one of this API.</param>
/// <param name="Describe">Describes the result for the log, without secrets.</param>
internal sealed record ResponseReader<T>(
    Func<HttpResponseMessage, ResponseStream, Attempt, CancellationToken, Task<T>> ReadAsync,
    Func<T, string> Describe
)
{
    /// <summary>The media type to request.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Whether the result reads the body later. Then the result disposes the response.</summary>
    public bool KeepsResponseOpen { get; init; }
}

/// <summary>The kinds of <see cref="ResponseReader{T}"/>.</summary>
internal static class ResponseReader
{
    /// <summary>For calls that respond with <c>{}</c>: accepts an empty body, or a JSON object that is not an error.</summary>
    public static ResponseReader<NoContent> NoContent { get; } = new(ReadNoContentAsync, _ => "done");

    /// <summary>Returns the body as a stream while it arrives.</summary>
    public static ResponseReader<DownloadStream> Stream { get; } =
        new(
            (response, body, attempt, _) =>
            {
                // A proxy's page, compressed bytes or another part would be saved as the file.
                ThrowIfNotFile(response, attempt);
                return Task.FromResult(new DownloadStream(response, body, attempt));
            },
            _ => "a stream follows"
        )
        {
            Accept = "*/*",
            KeepsResponseOpen = true,
        };

    /// <summary>Reads a JSON object.</summary>
    /// <param name="describe">Describes the object for the log, without secrets.</param>
    /// <param name="readMask">The fields that were requested, in the spelling of the wire. Null for all.</param>
    public static ResponseReader<T> Json<T>(Func<T, string> describe, string? readMask = null)
        where T : ApiObject, new() =>
        new(
            (response, body, attempt, cancellationToken) =>
                ReadJsonAsync<T>(readMask, response, body, attempt, cancellationToken),
            result => ControlCharacters.MakeVisible(describe(result))
        );

    private static async Task<NoContent> ReadNoContentAsync(
        HttpResponseMessage response,
        ResponseStream body,
        Attempt attempt,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream();
        await body.CopyToAsync(content, 4096, cancellationToken).ConfigureAwait(false);
        if (content.Length == 0)
        {
            return default;
        }
        ThrowIfNotJson(response, attempt);
        var fields = new Dictionary<string, JsonElement>();
        try
        {
            using var json = JsonDocument.Parse(content.ToArray());
            foreach (var field in json.RootElement.EnumerateObject())
            {
                fields[field.Name] = field.Value.Clone();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw attempt.Invalid(Locate(body, exception as JsonException, attempt.ApiKey));
        }
        var message = ErrorResponse.FindMessage(fields, attempt.ApiKey);
        return message is null && !fields.ContainsKey("error") && !fields.ContainsKey("code")
            ? default
            : throw attempt.Invalid(
                "The response has an error in place of an empty object"
                    + (message is null ? "." : $": {message.TrimEnd('.')}.")
            );
    }

    private static void ThrowIfNotFile(HttpResponseMessage response, Attempt attempt)
    {
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            throw attempt.Invalid(
                $"The service returned {(int)response.StatusCode} with text/html instead of a file. "
                    + "A proxy or a sign-in page may be in between."
            );
        }
        if (response.Content.Headers.ContentEncoding.Any(encoding => encoding != "identity"))
        {
            throw attempt.Invalid("The service returned a compressed file, although none was requested.");
        }
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
        {
            throw attempt.Invalid($"The service returned {(int)response.StatusCode} instead of a file.");
        }
        if (
            response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange is not { Unit: "bytes", HasRange: true }
        )
        {
            throw attempt.Invalid("The service returned a part of a file without its position.");
        }
    }

    private static void ThrowIfNotJson(HttpResponseMessage response, Attempt attempt)
    {
        if (response.Content.Headers.ContentType?.MediaType is { } media && !IsJson(media))
        {
            throw attempt.Invalid(
                $"The service returned {(int)response.StatusCode} with {KnownMediaType(media)} instead of JSON. "
                    + "A proxy or a sign-in page may be in between."
            );
        }
    }

    private static async Task<T> ReadJsonAsync<T>(
        string? readMask,
        HttpResponseMessage response,
        ResponseStream body,
        Attempt attempt,
        CancellationToken cancellationToken
    )
        where T : ApiObject, new()
    {
        ThrowIfNotJson(response, attempt);
        try
        {
            using var json = await JsonBody
                .ReadAsync(body, response.Content.Headers.ContentLength, attempt, cancellationToken)
                .ConfigureAwait(false);
            var result =
                Parse<T>(json, attempt) ?? throw attempt.Unusable("The service returned null instead of an object.");
            ThrowIfUnusable(result, readMask, attempt);
            return result;
        }
        catch (Exception exception)
            // After a cancellation, an apparent end of the body may not be its end.
            when (!cancellationToken.IsCancellationRequested
                && exception
                    is JsonException
                        or InvalidOperationException
                        and not ObjectDisposedException
                        or NotSupportedException
            )
        {
            // Not as inner exception: its message quotes names from the response unchanged.
            throw IsTruncated(response, body, exception)
                ? attempt.Truncated(body.BytesRead)
                : attempt.Invalid(Locate(body, exception as JsonException, attempt.ApiKey));
        }
    }

    private static T? Parse<T>(JsonBody json, Attempt attempt)
        where T : ApiObject, new()
    {
        if (ApiJson.IsTooLarge(json.Bytes.Span))
        {
            throw attempt.TooLarge($"The response has more than {ApiJson.MaxValues:N0} JSON values.");
        }
#if NET
        var before = GC.GetAllocatedBytesForCurrentThread();
#endif
        var mismatches = new JsonMismatches();
        var result = ApiJson.Read<T>(json.Bytes, mismatches);
        if (result is DpoJobPage page)
        {
#if NET
            page.MemorySize = GC.GetAllocatedBytesForCurrentThread() - before;
#else
            page.MemorySize = 3L * json.Bytes.Length;
#endif
        }
        if (mismatches.Path is { } path)
        {
            var owner = mismatches.Job is { } job ? " of " + Redaction.Redact(job, attempt.ApiKey.Redact) : "";
            attempt.WarnOfMismatch(
                $"The service sent a value that does not fit its field: {path}{owner}. The property is null, and AdditionalData has "
                    + "the value as sent. Other such values are not reported."
            );
        }
        return result;
    }

    // An error body with status 200 would otherwise be read as an empty page or an empty job. That includes {}: in all known
    // captures, the gateway also sends fields that are not set, so even the page of an empty account has fields. If it ever
    // omits them, an empty account is reported as an error, which is better than a listing that ends early unnoticed.
    private static void ThrowIfUnusable(ApiObject result, string? readMask, Attempt attempt)
    {
        var isUsable = result switch
        {
            DpoJob job => HasRequestedField(job, readMask),
            DpoJobPage page => page.HasFields,
            AccountPage page => page.HasFields,
            // {} means that there is no file.
            MetricsFileEndpoint endpoint => endpoint.HasFields || endpoint.UnknownFields is null,
            _ => true,
        };
        // Without these fields, a listing would silently be incomplete.
        if (FindLostField(result) is { } lost)
        {
            throw attempt.Invalid($"Invalid JSON in the response at $.{lost}: the value does not fit the field.");
        }
        if (!isUsable)
        {
            throw attempt.Unusable(
                ErrorResponse.FindMessage(result.UnknownFields, attempt.ApiKey) is { } message
                    ? $"The response has an error in place of the expected fields: {message.TrimEnd('.')}."
                    : "The response has none of the expected fields."
            );
        }
    }

    private static string? FindLostField(ApiObject result) =>
        result switch
        {
            DpoJobPage { UnknownFields: { } mismatches } => IsLost(mismatches, "dpoJobs") ? "dpoJobs"
            : mismatches.ContainsKey("nextPageToken") ? "nextPageToken"
            : null,
            AccountPage { UnknownFields: { } mismatches } => IsLost(mismatches, "accounts") ? "accounts" : null,
            MetricsFileEndpoint { UnknownFields: { } mismatches } => mismatches.ContainsKey("signedUrl")
                ? "signedUrl"
                : null,
            _ => null,
        };

    // An array has only the items that do not fit.
    private static bool IsLost(Dictionary<string, JsonElement> mismatches, string field) =>
        mismatches.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Array;

    // Of a body without a length (compressed, or ended by closing the connection), only unfinished JSON shows that a part is
    // missing. An error of the JSON reader, unlike one about the type of a value, has another JsonException as its cause.
    private static bool IsTruncated(HttpResponseMessage response, ResponseStream body, Exception exception) =>
        response.Content.Headers.ContentLength is null
        && (
            body.BytesRead == 0
            || exception is JsonException { InnerException: JsonException, BytePositionInLine: { } position }
                // After a comma, the reader reports the position of the comma.
                && position >= body.LastLineLength - (body.LastByte == ',' ? 1 : 0)
        );

    private static bool HasRequestedField(DpoJob job, string? readMask)
    {
        if (JobFields.HasValue(job))
        {
            return true;
        }
        var requested = (readMask ?? "*").Split(',').Select(path => WireName.ToSnakeCase(path.Split('.')[0])).ToList();
        return job.UnknownFields is { } unknown
            ? unknown.Keys.Any(name => requested.Contains(WireName.ToSnakeCase(name)))
            // The fields of a read mask may all be unset, except those that every job has.
            : !requested.Intersect(["*", "name", "state", "create_time", "dataset"]).Any();
    }

    private static string Locate(ResponseStream body, JsonException? exception, ApiKey apiKey)
    {
        if (body.BytesRead == 0)
        {
            return "The response is empty.";
        }
        var path = exception?.Path is { Length: > 0 } found ? $" at {Redaction.Redact(found, apiKey.Redact)}" : "";
        var position = exception?.BytePositionInLine is { } column
            ? $", line {exception.LineNumber + 1}, byte {column + 1}"
            : "";
        return $"Invalid JSON in the response{path}{position} ({body.BytesRead:N0} bytes received).";
    }

    private static string KnownMediaType(string mediaType) =>
        mediaType is "text/html" or "text/plain" or "text/xml" or "application/xml" or "application/octet-stream"
            ? mediaType
            : "another content type";

    private static bool IsJson(string mediaType) =>
        mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
        || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The result of a request whose response has no contents.</summary>
internal readonly struct NoContent;
