using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>
/// The object store that signed addresses lead to. It accepts no key, and sends no redirect unless a fault rule does.
/// </summary>
internal sealed class FileServer(FileStore store, TimeSpan latency)
{
    private static readonly byte[] Replaced = "00:00:00 [INFO] this file has been replaced\n"u8.ToArray();

    private int _requests;
    private int _withAuthorization;

    /// <summary>The number of requests since the last reset.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many of these requests had an Authorization header.</summary>
    public int WithAuthorization => Volatile.Read(ref _withAuthorization);

    public FileStore Store => store;

    public void Reset() => _requests = _withAuthorization = 0;

    /// <summary>The kind of file that a request is for; <see cref="FileKind.Any"/> for another path.</summary>
    public static FileKind KindOf(HttpRequest request) =>
        FileAddress.Parse(request.Path.Value ?? "")?.Kind ?? FileKind.Any;

    /// <summary>Counts a request, and moves the clock of its account.</summary>
    public async Task CountAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (context.Request.Headers.ContainsKey(HeaderNames.Authorization))
        {
            Interlocked.Increment(ref _withAuthorization);
        }

        if (FileAddress.Parse(context.Request.Path.Value ?? "") is { } file)
        {
            store.FindClock(file)?.CountRequest();
        }

        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, context.RequestAborted);
        }
    }

    /// <summary>Sets the status and the headers of the response, and returns its body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isChanged">Whether the file is another one than usual.</param>
    /// <param name="ignoreRange">Whether the whole file is sent even if the request has a range.</param>
    public ResponseBody Respond(HttpContext context, bool isChanged, bool ignoreRange)
    {
        var request = context.Request;
        var file = FileAddress.Parse(request.Path.Value ?? "");
        var clock = file is null ? null : store.FindClock(file);
        if (!HttpMethods.IsGet(request.Method))
        {
            return Reject(context, 405, "MethodNotAllowed", "Only GET is allowed.");
        }

        if (request.Headers.ContainsKey(HeaderNames.Authorization))
        {
            return Reject(context, 400, "InvalidArgument", "A signed address takes no Authorization header.");
        }

        if (file is null || clock is null || !store.IsGenuine(request))
        {
            return Reject(context, 403, "SignatureDoesNotMatch", "The signature is missing or does not match.");
        }

        if (AddressSigner.IsExpired(request, clock.Now))
        {
            return Reject(context, 403, "ExpiredToken", "The signed address has expired.");
        }

        if (store.Find(file) is not { } stored)
        {
            return Reject(context, 404, "NoSuchKey", "The specified key does not exist.");
        }

        context.Response.ContentType = file.Kind == FileKind.Log ? "text/plain" : "application/octet-stream";
        var shown = isChanged
            ? new StoredFile(
                stored.Body.Prepend(ResponseBody.Of(Replaced)),
                "\"replaced-" + stored.Tag.Trim('"') + "\""
            )
            : stored;
        return Select(context, shown, ignoreRange);
    }

    private static ResponseBody Select(HttpContext context, StoredFile file, bool ignoreRange)
    {
        var response = context.Response;
        var length = file.Body.Length;
        response.Headers.ETag = file.Tag;
        response.Headers.AcceptRanges = "bytes";
        if (ignoreRange || FindRange(context.Request, file.Tag) is not { } range)
        {
            response.StatusCode = StatusCodes.Status200OK;
            return file.Body;
        }

        var first = range.From ?? Math.Max(0, length - range.To!.Value);
        var last = range.From is null ? length - 1 : Math.Min(range.To ?? (length - 1), length - 1);
        if (first >= length)
        {
            response.Headers.ContentRange = new ContentRangeHeaderValue(length).ToString();
            return Reject(context, 416, "InvalidRange", "The requested range cannot be satisfied.");
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = new ContentRangeHeaderValue(first, last, length).ToString();
        return file.Body.Slice(first, last - first + 1);
    }

    /// <summary>The one range that the request asks for; null for the whole file, also if If-Range has another tag.</summary>
    private static RangeItemHeaderValue? FindRange(HttpRequest request, string tag)
    {
        var condition = request.Headers.IfRange.ToString();
        return
            (condition.Length == 0 || condition == tag)
            && RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            && header.Unit == "bytes"
            && header.Ranges.Count == 1
            ? header.Ranges.First()
            : null;
    }

    private static ResponseBody Reject(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml; charset=UTF-8";
        return ResponseBody.Of(
            Encoding.UTF8.GetBytes(
                $"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
            )
        );
    }
}
