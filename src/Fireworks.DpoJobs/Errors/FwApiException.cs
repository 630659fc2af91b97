using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>The service answered with an error.</summary>
public sealed class FwApiException : FwException
{
    internal FwApiException(int statusCode, string message)
        : base(message) => StatusCode = statusCode;

    /// <summary>The HTTP status code, for example 404.</summary>
    public int StatusCode { get; }

    /// <summary>The google.rpc code of the answer. Null when the answer has none.</summary>
    public RpcCode? Code { get; internal set; }

    /// <summary>The service's own message, without key-like text and control characters. Null when it sent none.</summary>
    public string? ServiceMessage { get; internal set; }

    /// <summary>The machine-readable reason of google.rpc.ErrorInfo (AIP-193). Null when the answer has none.</summary>
    public string? Reason { get; internal set; }

    /// <summary>
    /// The details of the error (google.rpc.Status, AIP-193), reduced to the fields that tell of the error: other fields,
    /// and what looks like a secret, are left out. Empty when there are none; never null.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Details { get; internal set; } = [];

    /// <summary>Whether the service does not take the key, whatever is asked.</summary>
    internal bool IsKeyRefused => StatusCode == 401 || Code == RpcCode.Unauthenticated;

    /// <summary>What went wrong; of a filter that the service refuses, the place that is wrong, where it can be told.</summary>
    public override string Message => FilterDiagnostics is null ? base.Message : $"{base.Message}\n{FilterDiagnostics}";

    /// <summary>The filter with its wrong place underlined. Null when there is no such place.</summary>
    internal string? FilterDiagnostics { get; set; }

    /// <summary>Whether the service finds something wrong with what it was asked.</summary>
    internal bool IsInvalidArgument => StatusCode == 400;

    /// <summary>What the service calls this request: give it to Fireworks' support. Null when it sent none.</summary>
    public string? RequestId { get; internal set; }
}
