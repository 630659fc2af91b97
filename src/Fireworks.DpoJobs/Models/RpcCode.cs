namespace Fireworks.DpoJobs;

/// <summary>
/// The canonical error codes of google.rpc.Code with their numbers (reference page "List Dpo Jobs", <c>gatewayCode</c>).
/// </summary>
/// <remarks>The underlying type is <see cref="long"/> for the same reason as that of <see cref="JobState"/>.</remarks>
public enum RpcCode : long
{
    /// <summary>The service sent a code that this version of the module does not know; CodeText has its name.</summary>
    Unrecognized = -1,

    /// <summary>Not an error.</summary>
    Ok = 0,

    /// <summary>The operation was cancelled, typically by the caller.</summary>
    Cancelled = 1,

    /// <summary>An unknown error.</summary>
    Unknown = 2,

    /// <summary>An argument is invalid, regardless of the state of the service.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline expired before the operation completed. The operation may have completed nevertheless.</summary>
    DeadlineExceeded = 4,

    /// <summary>The resource does not exist, or the caller has no access to it.</summary>
    NotFound = 5,

    /// <summary>The resource to create already exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller does not have permission for the operation.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or a rate limit is exhausted.</summary>
    ResourceExhausted = 8,

    /// <summary>The resource is not in a state that the operation requires.</summary>
    FailedPrecondition = 9,

    /// <summary>The operation was aborted, typically because of a concurrent operation.</summary>
    Aborted = 10,

    /// <summary>The operation went beyond the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The service does not implement or support the operation.</summary>
    Unimplemented = 12,

    /// <summary>An internal error of the service.</summary>
    Internal = 13,

    /// <summary>The service is currently unavailable.</summary>
    Unavailable = 14,

    /// <summary>Unrecoverable data loss or corruption.</summary>
    DataLoss = 15,

    /// <summary>The API key is missing or invalid.</summary>
    Unauthenticated = 16,
}

/// <summary>Converts between <see cref="RpcCode"/> and the service's spelling, as <see cref="WireEnum{T}"/> describes.</summary>
internal static class RpcCodes
{
    private static readonly WireEnum<RpcCode> Names = new("", RpcCode.Unrecognized, Parse);

    /// <summary>Every code, including <see cref="RpcCode.Unrecognized"/>.</summary>
    public static IReadOnlyList<RpcCode> All => Names.Values;

    /// <summary>The code of a name. Null without a name.</summary>
    public static RpcCode? Parse(string? wireName) =>
        wireName switch
        {
            null or "" => null,
            "OK" => RpcCode.Ok,
            "CANCELLED" => RpcCode.Cancelled,
            "UNKNOWN" => RpcCode.Unknown,
            "INVALID_ARGUMENT" => RpcCode.InvalidArgument,
            "DEADLINE_EXCEEDED" => RpcCode.DeadlineExceeded,
            "NOT_FOUND" => RpcCode.NotFound,
            "ALREADY_EXISTS" => RpcCode.AlreadyExists,
            "PERMISSION_DENIED" => RpcCode.PermissionDenied,
            "RESOURCE_EXHAUSTED" => RpcCode.ResourceExhausted,
            "FAILED_PRECONDITION" => RpcCode.FailedPrecondition,
            "ABORTED" => RpcCode.Aborted,
            "OUT_OF_RANGE" => RpcCode.OutOfRange,
            "UNIMPLEMENTED" => RpcCode.Unimplemented,
            "INTERNAL" => RpcCode.Internal,
            "UNAVAILABLE" => RpcCode.Unavailable,
            "DATA_LOSS" => RpcCode.DataLoss,
            "UNAUTHENTICATED" => RpcCode.Unauthenticated,
            _ => RpcCode.Unrecognized,
        };

    public static string ToWire(RpcCode code) => Names.ToWire(code);

    public static string? TextOf(RpcCode? code, string? currentText) => Names.TextOf(code, currentText);
}
