using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>
/// Responds to requests from a script, one response each, and records what was sent. A request without a scripted response
/// fails the test.
/// </summary>
internal sealed class FakeTransport : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One request as it was sent.</summary>
    internal sealed record SentRequest(
        string Method,
        string Uri,
        IReadOnlyDictionary<string, string> Headers,
        string? Body,
        string? ContentType
    );

    /// <summary>The requests so far, in order.</summary>
    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    /// <summary>Completes when the first request is sent.</summary>
    public Task Requested => _requested.Task;

    /// <summary>Responds to the next request with JSON.</summary>
    public FakeTransport Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Reply(status, body, "application/json");

    /// <summary>Responds to the next request.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The media type. Null for none.</param>
    /// <param name="headers">More headers of the response.</param>
    public FakeTransport Reply(
        HttpStatusCode status,
        string body,
        string? contentType = "application/json",
        params (string Name, string Value)[] headers
    ) => Reply(status, new MemoryStream(Encoding.UTF8.GetBytes(body)), contentType, headers);

    /// <summary>Responds to the next request with a body that is read while it arrives.</summary>
    public FakeTransport Reply(
        HttpStatusCode status,
        Stream body,
        string? contentType = "application/json",
        params (string Name, string Value)[] headers
    ) =>
        Script(_ =>
        {
            var response = new HttpResponseMessage(status) { Content = new StreamContent(body) };
            if (contentType is not null)
            {
                response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }
            return Task.FromResult(response);
        });

    /// <summary>Responds to the next request with this response.</summary>
    public FakeTransport Reply(HttpResponseMessage response) => Script(_ => Task.FromResult(response));

    /// <summary>Fails the next request with an exception.</summary>
    public FakeTransport Fail(Exception exception) => Script(_ => Task.FromException<HttpResponseMessage>(exception));

    /// <summary>Never responds to the next request.</summary>
    public FakeTransport Stall() =>
        Script(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException("Only cancellation ends this.");
        });

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Requests.Enqueue(
            new SentRequest(
                request.Method.Method,
                request.RequestUri!.AbsoluteUri,
                request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)),
#pragma warning disable CA2016 // .NET Framework has no overload with a token.
                request.Content is null ? null : await request.Content.ReadAsStringAsync(),
#pragma warning restore CA2016
                request.Content?.Headers.ContentType?.ToString()
            )
        );
        _requested.TrySetResult();
        return _script.TryDequeue(out var response)
            ? await response(cancellationToken)
            : throw new InvalidOperationException($"The script has no response for {request.RequestUri}.");
    }

    private FakeTransport Script(Func<CancellationToken, Task<HttpResponseMessage>> response)
    {
        _script.Enqueue(response);
        return this;
    }
}
