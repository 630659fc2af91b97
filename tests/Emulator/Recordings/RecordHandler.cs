using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Fireworks.DpoJobs.Emulator.Recordings;

/// <summary>Forwards requests to another server, and writes requests and responses to a HAR file, without secrets.</summary>
internal sealed class RecordHandler : IDisposable
{
    private readonly string _origin;
    private readonly string _path;
    private readonly TextWriter _log;
    private readonly HttpMessageInvoker _client;
    private readonly List<HarEntry> _entries = [];
    private readonly Lock _lock = new();

    /// <param name="upstream">The server: scheme, host and port; https, or http on this machine.</param>
    /// <param name="path">The HAR file. The first response replaces an existing file.</param>
    /// <param name="log">Receives the requests that could not be forwarded or recorded.</param>
    /// <exception cref="InvalidInputException"><paramref name="upstream"/> is any other address.</exception>
    public RecordHandler(Uri upstream, string path, TextWriter log)
    {
        if (!(upstream.Scheme == "https" || (upstream.Scheme == "http" && upstream.IsLoopback)))
        {
            throw new InvalidInputException(
                "--upstream must be https, or http on this machine, so that the API key is never sent unencrypted."
            );
        }

        if (upstream.UserInfo.Length > 0 || upstream.PathAndQuery != "/" || upstream.Fragment.Length > 0)
        {
            throw new InvalidInputException(
                "--upstream must have only a scheme, a host and a port, for example https://api.fireworks.ai"
            );
        }

        _origin = upstream.GetLeftPart(UriPartial.Authority);
        _path = Path.GetFullPath(path);
        _log = log;
        _client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
                UseProxy = !upstream.IsLoopback,
            }
        );
    }

    /// <summary>Forwards a request and its response. Sends a 502 if there is no complete response.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        using var request = await CreateRequestAsync(context.Request);
        var started = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        HttpResponseMessage response;
        byte[] body;
        try
        {
            response = await _client.SendAsync(request, context.RequestAborted);
            body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            var message = $"no response from {_origin}: {new Scrubber("").Text(e.Message)}";
            await _log.WriteLineAsync(message);
            await ApiException.WriteAsync(context, StatusCodes.Status502BadGateway, 14, "UNAVAILABLE", message);
            return;
        }

        using (response)
        {
            await RecordAsync(request, response, body, started, watch.Elapsed);
            await SendAsync(context, response, body);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpRequestMessage> CreateRequestAsync(HttpRequest incoming)
    {
        using var body = new MemoryStream();
        await incoming.Body.CopyToAsync(body, incoming.HttpContext.RequestAborted);
        var request = new HttpRequestMessage(
            new HttpMethod(incoming.Method),
            _origin + incoming.GetEncodedPathAndQuery()
        );
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }

        // The address and the body determine host and length; the handler adds the encodings that it can decompress.
        string[] omitted = ["host", "expect", "content-length", "accept-encoding"];
        foreach (var (name, values) in incoming.Headers)
        {
            if (
                !ConnectionHeaders.Contains(name)
                && !omitted.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())
            )
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }

    private static async Task SendAsync(HttpContext context, HttpResponseMessage message, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = (int)message.StatusCode;
        foreach (var header in Flatten(message.Headers.Concat(message.Content.Headers)))
        {
            if (!ConnectionHeaders.Contains(header.Name) && ConnectionHeaders.IsValid(header))
            {
                response.Headers.Append(header.Name, header.Value);
            }
        }

        if (body.Length > 0)
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private async Task RecordAsync(
        HttpRequestMessage request,
        HttpResponseMessage response,
        byte[] body,
        DateTimeOffset started,
        TimeSpan elapsed
    )
    {
        var hasKey = request.Headers.NonValidated.TryGetValues("Authorization", out var authorization);
        var scrubber = new Scrubber(hasKey ? authorization.ToString().Split(' ', 2)[^1].Trim() : "");
        try
        {
            var milliseconds = Math.Round(elapsed.TotalMilliseconds, 1);
            var entry = new HarEntry
            {
                StartedDateTime = started,
                Time = milliseconds,
                Timings = new HarTimings(0, milliseconds, 0),
                Request = await ScrubAsync(request, scrubber),
                Response = Scrub(response, body, scrubber),
            };
            lock (_lock)
            {
                _entries.Add(entry);
                Write();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The client receives its response in any case.
            await _log.WriteLineAsync(
                $"not recorded: {request.Method} {scrubber.Url(request.RequestUri!)}: {e.Message}"
            );
        }
    }

    private static async Task<HarRequest> ScrubAsync(HttpRequestMessage request, Scrubber scrubber)
    {
        var content = request.Content;
        var body = content is null ? [] : await content.ReadAsByteArrayAsync();
        var (text, comment) = scrubber.Body(body, content?.Headers.ContentEncoding.Count > 0);
        return new HarRequest
        {
            Method = request.Method.Method,
            Url = scrubber.Url(request.RequestUri!),
            Headers = scrubber.RequestHeaders(Flatten([.. request.Headers, .. content?.Headers.AsEnumerable() ?? []])),
            QueryString = scrubber.Query(request.RequestUri!),
            PostData = content is null ? null : new HarPostData($"{content.Headers.ContentType}", text, comment),
            BodySize = body.Length,
        };
    }

    private static HarResponse Scrub(HttpResponseMessage response, byte[] body, Scrubber scrubber)
    {
        var (text, comment) = scrubber.Body(body, response.Content.Headers.ContentEncoding.Count > 0);
        return new HarResponse
        {
            Status = (int)response.StatusCode,
            StatusText = scrubber.Text(response.ReasonPhrase ?? ""),
            HttpVersion = $"HTTP/{response.Version}",
            Headers = scrubber.ResponseHeaders(Flatten(response.Headers.Concat(response.Content.Headers))),
            Content = new HarContent
            {
                Size = System.Text.Encoding.UTF8.GetByteCount(text),
                MimeType = scrubber.Text($"{response.Content.Headers.ContentType}"),
                Text = text,
                Comment = comment,
            },
            RedirectUrl = scrubber.Text(response.Headers.Location?.OriginalString ?? ""),
        };
    }

    /// <summary>Writes a temporary file and renames it, so that the HAR file is always complete.</summary>
    private void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var log = new HarLog
        {
            Comment =
                $"Recorded from {_origin} by tests/Emulator. Secrets, e-mail addresses and queries of URLs were replaced.",
            Entries = _entries,
        };
        log.Write(_path + ".tmp");
        File.Move(_path + ".tmp", _path, overwrite: true);
    }

    private static IEnumerable<HarPair> Flatten(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers) =>
        headers.SelectMany(header => header.Value.Select(value => new HarPair(header.Key, value)));
}
