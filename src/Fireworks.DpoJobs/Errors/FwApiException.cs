namespace Fireworks.DpoJobs;

/// <summary>The service responded with an error.</summary>
public sealed class FwApiException : FwException
{
    internal FwApiException(int statusCode, string message, string? request = null, int retries = 0)
        : base(message, request, retries) => StatusCode = statusCode;

    /// <summary>The HTTP status code, for example 404.</summary>
    public int StatusCode { get; }

    /// <summary>The google.rpc code of the response. Null when the response has none.</summary>
    public RpcCode? Code { get; internal init; }

    /// <summary>The service's own message, without secrets and control characters. Null when it sent none.</summary>
    public string? ServiceMessage { get; internal init; }

    /// <summary>The machine-readable reason of google.rpc.ErrorInfo (AIP-193). Null when the response has none.</summary>
    public string? Reason { get; internal init; }

    /// <summary>
    /// The details of the error (google.rpc.Status, AIP-193), reduced to the fields that describe the error, without secrets.
    /// Empty when there are none; never null.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Details { get; internal init; } = [];

    /// <summary>
    /// The ID of this request, of the service or else of its front end (<c>cf-ray</c>); include it when you contact Fireworks
    /// support. Null when there is none.
    /// </summary>
    public string? RequestId { get; internal init; }

    /// <summary>The kind of the request.</summary>
    internal ApiOperation Operation { get; init; }

    /// <summary>Whether the service requests that the request is repeated (x-should-retry). Null when the header is absent.</summary>
    internal bool? ShouldRetry { get; init; }

    /// <summary>Whether the front end of the service rejected the client or its network, before the key was checked.</summary>
    internal bool IsClientRejected { get; init; }

    /// <summary>Whether the service rejects the API key for every request.</summary>
    internal bool IsKeyRejected =>
        Operation != ApiOperation.Download && (StatusCode == 401 || Code == RpcCode.Unauthenticated);

    /// <summary>
    /// Whether the service reports that the resource does not exist. A 404 without the google.rpc code may come from a proxy, or from
    /// a wrong address, so it does not show that a resource is missing.
    /// </summary>
    internal bool IsNotFound => Code == RpcCode.NotFound;

    /// <summary>Whether the service rejects the page token of a request that has one: it names the token.</summary>
    internal bool IsPageTokenRejected =>
        StatusCode is 400 or 410
        && (
            ContainsToken(ServiceMessage)
            || ContainsToken(Reason)
            || Details.Any(detail => detail.Values.Any(ContainsToken))
        );

    /// <summary>Whether the service rejects an argument of the request.</summary>
    /// <remarks>A service may respond with 501 to a feature that it does not implement, for example filters.</remarks>
    internal bool IsInvalidArgument =>
        StatusCode == 501
        || (
            StatusCode == 400
            && Code
                is null
                    or RpcCode.InvalidArgument
                    or RpcCode.OutOfRange
                    or RpcCode.Unimplemented
                    or RpcCode.Unrecognized
        );

    private static bool ContainsToken(string? text) => text?.IndexOf("token", StringComparison.OrdinalIgnoreCase) >= 0;
}

/// <summary>The kinds of requests that the advice in errors depends on.</summary>
internal enum ApiOperation
{
    /// <summary>Any call of the API that is not listed here.</summary>
    Other,

    ListJobs,
    GetJob,
    CreateJob,

    /// <summary>Reads from a signed address, which is not part of the API.</summary>
    Download,
}
