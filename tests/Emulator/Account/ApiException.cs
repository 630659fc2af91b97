using System;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>An answer of the API that is an error: HTTP status, google.rpc code, and the reason of its ErrorInfo.</summary>
internal sealed class ApiException(int status, int code, string reason, string message) : Exception(message)
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public static ApiException Invalid(string message) => new(400, 3, "INVALID_ARGUMENT", message);

    public static ApiException NotFound(string message) => new(404, 5, "NOT_FOUND", message);

    public static ApiException Unauthenticated() =>
        new(401, 16, "UNAUTHENTICATED", "Request had no valid authentication credentials: expected a bearer API key.");

    /// <summary>What grpc-gateway answers for a verb a path does not have.</summary>
    public static ApiException Unimplemented() => new(501, 12, "UNIMPLEMENTED", "Method Not Allowed");
}
