using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The two error shapes of the control plane that the emulator answers by itself.</summary>
internal static class ErrorBodies
{
    public static Task WriteAsync(HttpContext context, ApiException error)
    {
        context.Response.StatusCode = error.Status;
        return JsonReply.WriteAsync(
            context,
            compress: false,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("code", error.Code);
                writer.WriteString("message", error.Message);
                writer.WriteStartArray("details");
                writer.WriteStartObject();
                writer.WriteString("@type", "type.googleapis.com/google.rpc.ErrorInfo");
                writer.WriteString("reason", error.Reason);
                writer.WriteString("domain", "api.fireworks.ai");
                writer.WriteStartObject("metadata");
                writer.WriteEndObject();
                writer.WriteEndObject();
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );
    }

    public static Task WriteKeyRefusedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return JsonReply.WriteAsync(
            context,
            compress: false,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartObject("error");
                writer.WriteString("message", "The API key you provided is invalid.");
                writer.WriteNull("param");
                writer.WriteString("code", "UNAUTHORIZED");
                writer.WriteString("type", "error");
                writer.WriteEndObject();
                writer.WriteString("request_id", context.TraceIdentifier);
                writer.WriteEndObject();
            }
        );
    }

    /// <summary>A GET with a body does not reach the API: the front end answers (the body is a guess).</summary>
    public static Task WriteBodyRefusedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/html; charset=UTF-8";
        return context.Response.WriteAsync(
            "<html><head><title>400 Bad Request</title></head><body>Your client has issued a malformed request: "
                + "a GET must not have a body.</body></html>",
            context.RequestAborted
        );
    }
}
