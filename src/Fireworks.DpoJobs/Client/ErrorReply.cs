using System;
using System.Linq;
using System.Text.Json;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Models.Json;

namespace Fireworks.DpoJobs.Client;

/// <summary>
/// What an error's body says, in whichever of the shapes that the gateway and what stands before it are known to send:
/// google.rpc.Status, AIP-193, <c>{"error":{…},"request_id":…}</c>, <c>{"error":"…"}</c>, <c>{"message":"…"}</c>,
/// <c>{"detail":"…"}</c>, plain text.
/// </summary>
internal sealed record ErrorReply
{
    private static readonly WireEnum<RpcCode> Codes = new("", RpcCode.Unrecognized);

    /// <summary>The message, as sent. Null when there is none.</summary>
    public string? Message { get; private init; }

    /// <summary>The google.rpc code, sent as a number or as a name. Null when there is none.</summary>
    public RpcCode? Code { get; private init; }

    /// <summary>The reason of google.rpc.ErrorInfo. Null when there is none.</summary>
    public string? Reason { get; private init; }

    /// <summary>The id of the request. Null when there is none.</summary>
    public string? RequestId { get; private init; }

    /// <summary>Reads a body. Never fails: what cannot be read says nothing.</summary>
    /// <param name="body">The body as text.</param>
    /// <param name="isPlainText">Whether the answer calls itself plain text.</param>
    public static ErrorReply Parse(string body, bool isPlainText)
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
        return new ErrorReply { Message = isPlainText && !string.IsNullOrWhiteSpace(body) ? body.Trim() : null };
    }

    private static ErrorReply FromObject(JsonElement root)
    {
        var error =
            root.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
        return new ErrorReply
        {
            Message = Text(error, "message") ?? Text(root, "error") ?? Text(root, "detail"),
            Code = FindCode(error),
            Reason = FindReason(error),
            RequestId = Text(root, "request_id"),
        };
    }

    private static RpcCode? FindCode(JsonElement error)
    {
        if (Text(error, "status") is { } status)
        {
            return Codes.Parse(status);
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

    private static string? FindReason(JsonElement error) =>
        error.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Array
            ? details
                .EnumerateArray()
                .Where(detail => detail.ValueKind == JsonValueKind.Object)
                .Select(detail => Text(detail, "reason"))
                .FirstOrDefault(reason => reason is not null)
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
