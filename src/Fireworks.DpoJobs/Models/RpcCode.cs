namespace Fireworks.DpoJobs;

/// <summary>
/// The canonical error codes of google.rpc.Code, with its numbers (reference page "List Dpo Jobs",
/// <c>gatewayCode</c>). A <see cref="long"/> for the reason that <see cref="JobState"/> is one.
/// </summary>
public enum RpcCode : long
{
    /// <summary>The service sent a code that this version of the module does not know.</summary>
    Unrecognized = -1,

    /// <summary>Not an error.</summary>
    Ok = 0,

    /// <summary>The operation was cancelled, typically by the caller.</summary>
    Cancelled = 1,

    /// <summary>An error of unknown kind.</summary>
    Unknown = 2,

    /// <summary>An argument is wrong whatever the state of the service.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the operation could complete.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there, or may not be seen.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or a rate limit is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The service is not in the state that the operation needs.</summary>
    FailedPrecondition = 9,

    /// <summary>The operation was aborted, typically by a conflict with another.</summary>
    Aborted = 10,

    /// <summary>The operation went past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The service does not have this operation.</summary>
    Unimplemented = 12,

    /// <summary>The service broke.</summary>
    Internal = 13,

    /// <summary>The service is not available just now.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged beyond recovery.</summary>
    DataLoss = 15,

    /// <summary>The key is missing or not valid.</summary>
    Unauthenticated = 16,
}
