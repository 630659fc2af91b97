using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Replay;

/// <summary>An answer that is ready to be sent.</summary>
internal sealed class ReplayAnswer
{
    // The recorded body has been decompressed, so its length on the wire is another one.
    private static readonly HashSet<string> OfBody = new(
        ["content-length", "content-encoding"],
        StringComparer.OrdinalIgnoreCase
    );

    private readonly int _status;
    private readonly IReadOnlyList<HarPair> _headers;
    private readonly byte[] _body;

    /// <summary>Takes over a recorded answer.</summary>
    /// <param name="response">The recorded answer.</param>
    /// <param name="malformed">Makes the exception for what cannot be sent, from a place in the answer and the problem.</param>
    /// <exception cref="HarFormatException">No server could answer that.</exception>
    public ReplayAnswer(HarResponse response, Func<string, string, HarFormatException> malformed)
    {
        _status = response.Status is >= 200 and <= 999
            ? response.Status
            : throw malformed("status", $"{response.Status} is not the status of an answer");
        _headers = [.. response.Headers.Where(header => CanBeSent(header, malformed))];
        _body = ReadBody(response.Content, malformed);
    }

    /// <summary>Sends it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = _status;
        foreach (var header in _headers)
        {
            response.Headers.Append(header.Name, header.Value);
        }
        // These have no body, even if the tool that recorded them filled one in from its cache.
        if (_status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }
        response.ContentLength = _body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(_body, context.RequestAborted);
        }
    }

    private static bool CanBeSent(HarPair header, Func<string, string, HarFormatException> malformed)
    {
        // HTTP/2's own, as browsers write them, such as ":status".
        if (header.Name.StartsWith(':'))
        {
            return false;
        }
        if (!HarHeaders.CanBeSent(header.Name, header.Value))
        {
            throw malformed("headers", $"the header '{Uri.EscapeDataString(header.Name)}' cannot be sent");
        }
        return !OfBody.Contains(header.Name) && !HarHeaders.BelongsToConnection(header.Name);
    }

    private static byte[] ReadBody(HarContent content, Func<string, string, HarFormatException> malformed)
    {
        var text = content.Text ?? "";
        try
        {
            return content.Encoding switch
            {
                null or "" => Encoding.UTF8.GetBytes(text),
                "base64" => Convert.FromBase64String(text),
                _ => throw malformed("content.encoding", $"'{content.Encoding}' is not known; base64 is"),
            };
        }
        catch (FormatException)
        {
            throw malformed("content.text", "this is not base64");
        }
    }
}
