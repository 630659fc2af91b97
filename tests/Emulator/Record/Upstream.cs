using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>The server that requests are forwarded to. It follows no redirect, keeps no cookie and unpacks nothing.</summary>
internal sealed class Upstream : IDisposable
{
    private readonly HttpMessageInvoker _transport;
    private readonly string _origin;

    /// <summary>Takes an address.</summary>
    /// <param name="address">https, or http on this machine: a key is not sent over a network in the clear.</param>
    /// <exception cref="ArgumentException">The address is another one, or has more than scheme, host and port.</exception>
    public Upstream(Uri address)
    {
        if (
            !address.IsAbsoluteUri
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        )
        {
            throw new ArgumentException(
                "Requests are forwarded to https addresses, or to http on this machine; a key must not cross a network in the clear.",
                nameof(address)
            );
        }
        if (address.UserInfo.Length > 0 || address.PathAndQuery != "/" || address.Fragment.Length > 0)
        {
            throw new ArgumentException(
                "The address has scheme, host and port, such as https://api.fireworks.ai; no more.",
                nameof(address)
            );
        }
        _origin = address.GetLeftPart(UriPartial.Authority);
        _transport = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
                UseProxy = !address.IsLoopback,
            }
        );
    }

    /// <summary>Scheme, host and port.</summary>
    public override string ToString() => _origin;

    /// <summary>Sends a client's request on and reads the answer to its end.</summary>
    /// <exception cref="HttpRequestException">There is no whole answer.</exception>
    /// <exception cref="IOException">There is no whole answer.</exception>
    public async Task<Exchange> ForwardAsync(HttpRequest incoming, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(incoming, cancellationToken);
        var headers = Flatten(
            incoming.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.OfType<string>()))
        );
        using var request = CreateRequest(incoming, headers, body);

        var started = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        using var response = await _transport.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Exchange
        {
            Started = started,
            Duration = watch.Elapsed,
            Method = incoming.Method,
            Uri = request.RequestUri!,
            RequestHeaders = headers,
            RequestBody = body,
            Status = (int)response.StatusCode,
            Reason = response.ReasonPhrase ?? "",
            HttpVersion = response.Version,
            ResponseHeaders = Flatten(response.Headers.Concat(response.Content.Headers)),
            ResponseBody = answer,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static async Task<byte[]> ReadBodyAsync(HttpRequest incoming, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await incoming.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private static IReadOnlyList<HarPair> Flatten(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers) =>
        [
            .. headers.SelectMany(header =>
                header.Value.Select(value => new HarPair { Name = header.Key, Value = value })
            ),
        ];

    private HttpRequestMessage CreateRequest(HttpRequest incoming, IReadOnlyList<HarPair> headers, byte[] body)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(incoming.Method),
            _origin + incoming.GetEncodedPathAndQuery()
        );
        if (body.Length > 0 || incoming.ContentLength is not null)
        {
            request.Content = new ByteArrayContent(body);
        }
        foreach (var header in headers.Where(header => IsForwarded(header.Name)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }
        return request;
    }

    // Host and length follow from the address and the body.
    private static bool IsForwarded(string name) =>
        !HarHeaders.BelongsToConnection(name)
        && !name.Equals("host", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("expect", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("content-length", StringComparison.OrdinalIgnoreCase);
}
