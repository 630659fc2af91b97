using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fireworks.DpoJobs.Emulator.Replay;

/// <summary>
/// What tells one request from another: method, path and query parameters, in whatever order and spelling (%3D or =)
/// they came. Two are equal when <see cref="Text"/> is.
/// </summary>
internal sealed class RequestLine
{
    private RequestLine(string method, PathString path, string query)
    {
        Method = method;
        Path = path.ToUriComponent();
        Parameters =
        [
            .. Decode(query)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .ThenBy(pair => pair.Value, StringComparer.Ordinal),
        ];
        Text = Write();
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The decoded query parameters, ordered by name and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>The one spelling of this request: <c>GET /v1/accounts?pageSize=2</c>.</summary>
    public string Text { get; }

    /// <summary>The line of a request that has come in.</summary>
    public static RequestLine From(HttpRequest request) =>
        new(request.Method, request.PathBase + request.Path, request.QueryString.Value ?? "");

    /// <summary>The line of a request to an absolute address.</summary>
    public static RequestLine From(string method, Uri uri) =>
        new(method, PathString.FromUriComponent(uri.AbsolutePath), uri.Query);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static List<KeyValuePair<string, string>> Decode(string query)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(query))
        {
            pairs.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }
        return pairs;
    }

    private string Write()
    {
        var text = new StringBuilder(Method).Append(' ').Append(Path);
        var separator = '?';
        foreach (var pair in Parameters)
        {
            text.Append(separator)
                .Append(Uri.EscapeDataString(pair.Key))
                .Append('=')
                .Append(Uri.EscapeDataString(pair.Value));
            separator = '&';
        }
        return text.ToString();
    }
}
