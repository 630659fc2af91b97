using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Recordings;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Unit.Emulator.Recordings;

/// <summary>A temporary folder with recordings.</summary>
internal sealed class RecordingFolder : IDisposable
{
    public const string Origin = "https://api.fireworks.ai";

    public string Path { get; } = Directory.CreateTempSubdirectory("har-").FullName;

    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a recording and returns its path.</summary>
    public string Write(string name, params HarEntry[] entries)
    {
        new HarLog { Entries = entries }.Write(Combine(name));
        return Combine(name);
    }

    /// <summary>Writes text and returns its path.</summary>
    public string WriteText(string name, string text)
    {
        File.WriteAllText(Combine(name), text);
        return Combine(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static HarEntry Entry(
        string target,
        string body = "",
        int status = 200,
        string method = "GET",
        string? encoding = null,
        params (string Name, string Value)[] headers
    ) =>
        new()
        {
            Request = new HarRequest { Method = method, Url = target.StartsWith('/') ? Origin + target : target },
            Response = new HarResponse
            {
                Status = status,
                Headers = [.. headers.Select(header => new HarPair(header.Name, header.Value))],
                Content = new HarContent { Text = body, Encoding = encoding },
            },
        };
}

/// <summary>A replayed response, requested without a socket.</summary>
internal sealed record Replayed(int Status, IHeaderDictionary Headers, byte[] Body, string Log)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public static async Task<Replayed> From(HarEntry entry, string target, string method = "GET")
    {
        using var folder = new RecordingFolder();
        return await From(folder.Write("one.har", entry), target, method);
    }

    public static async Task<Replayed> From(string path, string target, string method = "GET")
    {
        using var log = new StringWriter { NewLine = "\n" };
        var replayed = await From(ReplayHandler.Load(path, log), target, method);
        return replayed with { Log = log.ToString() };
    }

    /// <param name="handler">The replay.</param>
    /// <param name="target">Path and query as on the wire.</param>
    /// <param name="method">The method.</param>
    public static async Task<Replayed> From(ReplayHandler handler, string target, string method = "GET")
    {
        var split = target.IndexOf('?', StringComparison.Ordinal);
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = PathString.FromUriComponent(split < 0 ? target : target[..split]);
        context.Request.QueryString = new QueryString(split < 0 ? "" : target[split..]);
        using var body = new MemoryStream();
        context.Response.Body = body;
        await handler.HandleAsync(context);
        return new Replayed(context.Response.StatusCode, context.Response.Headers, body.ToArray(), "");
    }
}
