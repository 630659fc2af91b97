using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>
/// What an error's body says, in whichever of the shapes that the gateway and what stands before it are known to send:
/// google.rpc.Status, AIP-193, <c>{"error":{…},"request_id":…}</c>, <c>{"error":"…"}</c>, <c>{"message":"…"}</c>,
/// <c>{"detail":"…"}</c>, plain text.
/// </summary>
internal sealed record ErrorBody
{
    // Text fields of google.rpc's error_details.proto that tell of the error and hold nothing of the caller's.
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

    /// <summary>The message, as sent. Null when there is none.</summary>
    public string? Message { get; private init; }

    /// <summary>The google.rpc code, sent as a number or as a name. Null when there is none.</summary>
    public RpcCode? Code { get; private init; }

    /// <summary>The reason of google.rpc.ErrorInfo. Null when there is none.</summary>
    public string? Reason { get; private init; }

    /// <summary>The details, each with those of its text fields that are known to tell of the error.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Details { get; private init; } = [];

    /// <summary>The id of the request. Null when there is none.</summary>
    public string? RequestId { get; private init; }

    /// <summary>Reads a body. Never fails: what cannot be read says nothing.</summary>
    /// <param name="body">The body as text.</param>
    /// <param name="isPlainText">Whether the answer calls itself plain text.</param>
    public static ErrorBody Parse(string body, bool isPlainText)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return FromObject(document.RootElement);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON (a proxy's page, or text), or JSON with strings that are no text (half of a surrogate pair).
        }
        return new ErrorBody { Message = isPlainText && !string.IsNullOrWhiteSpace(body) ? body.Trim() : null };
    }

    private static ErrorBody FromObject(JsonElement root)
    {
        var error =
            root.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
        var details = FindDetails(error);
        return new ErrorBody
        {
            Message = Text(error, "message") ?? Text(root, "error") ?? Text(root, "detail"),
            Code = FindCode(error),
            Reason = details
                .Select(detail => detail.TryGetValue("reason", out var reason) ? reason : null)
                .FirstOrDefault(reason => reason is not null),
            Details = details,
            RequestId = Text(root, "request_id"),
        };
    }

    private static RpcCode? FindCode(JsonElement error)
    {
        if (Text(error, "status") is { } status)
        {
            return RpcCodes.Parse(status);
        }
        // What the control plane says of a bad key, with status 403.
        if (Text(error, "code") == "UNAUTHORIZED")
        {
            return RpcCode.Unauthenticated;
        }
        // In AIP-193's shape, code is the HTTP status and has no place here; google.rpc's own go from 0 to 16.
        return
            error.TryGetProperty("code", out var code)
            && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt32(out var number)
            && number is >= 0 and <= 16
            ? (RpcCode)number
            : null;
    }

    private static List<IReadOnlyDictionary<string, string>> FindDetails(JsonElement error) =>
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
