using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>What is answered when there is no answer: an error in the service's own shape, google.rpc.Status.</summary>
internal static class ErrorAnswer
{
    /// <summary>Sends it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The google.rpc code.</param>
    /// <param name="message">What is wrong.</param>
    public static Task WriteAsync(HttpContext context, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Status(code, message, []), context.RequestAborted);
    }

    private sealed record Status(int Code, string Message, object[] Details);
}
