using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>An error response of the API.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The google.rpc code; 0 for the error form of an invalid key.</param>
/// <param name="reason">The reason of the ErrorInfo.</param>
/// <param name="message">The message.</param>
internal sealed class ApiException(int status, int code, string reason, string message) : Exception(message)
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    public static ApiException Invalid(string message) => new(400, 3, "INVALID_ARGUMENT", message);

    public static ApiException NotFound(string message) => new(404, 5, "NOT_FOUND", message);

    public static ApiException AlreadyExists(string message) => new(409, 6, "ALREADY_EXISTS", message);

    public static ApiException QuotaExceeded(string message) => new(403, 8, "RESOURCE_EXHAUSTED", message);

    public static ApiException FailedPrecondition(string message) => new(400, 9, "FAILED_PRECONDITION", message);

    public static ApiException Unauthenticated() =>
        new(401, 16, "UNAUTHENTICATED", "Request had no valid authentication credentials: expected a bearer API key.");

    /// <summary>The response of grpc-gateway to a method that a path does not have.</summary>
    public static ApiException Unimplemented() => new(501, 12, "UNIMPLEMENTED", "Method Not Allowed");

    public static ApiException InvalidKey() => new(403, 0, "UNAUTHORIZED", "The API key you provided is invalid.");

    public Task WriteAsync(HttpContext context)
    {
        if (Code > 0)
        {
            return WriteAsync(context, Status, Code, reason, Message);
        }

        var error = new
        {
            message = Message,
            param = (string?)null,
            code = reason,
            type = "error",
        };
        return JsonResponse.WriteAsync(context, Status, new { error, request_id = context.TraceIdentifier });
    }

    /// <summary>Writes a google.rpc.Status, the API's usual form of an error.</summary>
    public static Task WriteAsync(HttpContext context, int status, int code, string reason, string message)
    {
        var info = new Dictionary<string, object>
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
            ["reason"] = reason,
            ["domain"] = "api.fireworks.ai",
            ["metadata"] = new { },
        };
        return JsonResponse.WriteAsync(
            context,
            status,
            new
            {
                code,
                message,
                details = new[] { info },
            }
        );
    }
}
