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
/// Answers requests from a script, one answer each, and writes down what was sent. A request that the script has no
/// answer for fails the test.
/// </summary>
internal sealed class FakeTransport : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One request as it was sent.</summary>
    internal sealed record SentRequest(
        string Method,
        string Uri,
        IReadOnlyDictionary<string, string> Headers,
        bool HasBody
    );

    /// <summary>The requests so far, in order.</summary>
    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    /// <summary>Ends when the first request was sent.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Answers the next request with JSON.</summary>
    public FakeTransport Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Reply(status, body, "application/json");

    /// <summary>Answers the next request.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The media type. Null for none.</param>
    /// <param name="headers">Further headers of the answer.</param>
    public FakeTransport Reply(
        HttpStatusCode status,
        string body,
        string? contentType = "application/json",
        params (string Name, string Value)[] headers
    ) => Reply(status, new MemoryStream(Encoding.UTF8.GetBytes(body)), contentType, headers);

    /// <summary>Answers the next request with a body that is read as it comes.</summary>
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

    /// <summary>Answers the next request with just this.</summary>
    public FakeTransport Reply(HttpResponseMessage response) => Script(_ => Task.FromResult(response));

    /// <summary>Answers the next request with a failure of the connection.</summary>
    public FakeTransport Fail(Exception exception) => Script(_ => Task.FromException<HttpResponseMessage>(exception));

    /// <summary>Never answers the next request.</summary>
    public FakeTransport Stall() =>
        Script(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException("Only a cancellation ends this.");
        });

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Requests.Enqueue(
            new SentRequest(
                request.Method.Method,
                request.RequestUri!.AbsoluteUri,
                request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)),
                request.Content is not null
            )
        );
        _asked.TrySetResult();
        return _script.TryDequeue(out var answer)
            ? answer(cancellationToken)
            : throw new InvalidOperationException($"The script has no answer for {request.RequestUri}.");
    }

    private FakeTransport Script(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }
}
