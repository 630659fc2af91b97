using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Replay;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

/// <summary>What a replay answers to one request, asked without a socket.</summary>
internal sealed record Answer(int Status, IHeaderDictionary Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Asks.</summary>
    /// <param name="handler">Who is asked.</param>
    /// <param name="target">Path and query as on the wire.</param>
    /// <param name="method">The method.</param>
    public static async Task<Answer> To(ReplayHandler handler, string target, string method = "GET")
    {
        var split = target.IndexOf('?', StringComparison.Ordinal);
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = PathString.FromUriComponent(split < 0 ? target : target[..split]);
        context.Request.QueryString = new QueryString(split < 0 ? "" : target[split..]);
        using var body = new MemoryStream();
        context.Response.Body = body;
        await handler.HandleAsync(context);
        return new Answer(context.Response.StatusCode, context.Response.Headers, body.ToArray());
    }
}
