using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>The real answer, kept back so that it can be changed.</summary>
internal static class CapturedReply
{
    /// <summary>Runs the verb; status and headers are those of the response then.</summary>
    /// <returns>The body, not compressed.</returns>
    public static async Task<byte[]> TakeAsync(HttpContext context, RequestDelegate verb)
    {
        context.Request.Headers.Remove("Accept-Encoding");
        var real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var captured = new StreamResponseBodyFeature(body);
        context.Features.Set<IHttpResponseBodyFeature>(captured);
        try
        {
            await verb(context);
            await captured.CompleteAsync();
        }
        finally
        {
            context.Features.Set(real);
        }

        return body.ToArray();
    }
}
