using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>One try of one request: send, read, and say precisely what failed.</summary>
internal sealed class RequestSender(HttpMessageInvoker transport, ApiKey apiKey, IClientLog log, TimeSpan timeout)
{
    /// <summary>The largest answer that is read, in bytes. A page of 200 jobs has some 200 KB.</summary>
    public const long MaximumReplySize = 32L * 1024 * 1024;

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "Fireworks.DpoJobs",
        typeof(RequestSender).Assembly.GetName().Version?.ToString(3)
    );

    /// <summary>Gets one object.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="retries">How often the request was retried before.</param>
    /// <param name="type">How the answer is read.</param>
    /// <param name="describe">What the answer holds, for the log. Nothing secret.</param>
    /// <param name="cancellationToken">The user's stop.</param>
    /// <exception cref="FwException">The try failed.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<T> GetAsync<T>(
        Uri uri,
        int retries,
        JsonTypeInfo<T> type,
        Func<T, string> describe,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var attempt = new Attempt($"GET {apiKey.Redact(Redaction.Redact(uri))}", retries, timeout);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        LimitedStream? body = null;
        try
        {
            using var request = CreateRequest(uri);
            var watch = Stopwatch.StartNew();
            using var response = await transport.SendAsync(request, deadline.Token).ConfigureAwait(false);
#if !NET
            // Streams there do not heed a token: closing the answer ends the read (GZipHandler sees to it that nothing is freed
            // under the hands of the decompression, which would end the process). Closing may wait for the rest of the answer,
            // or fail, and who stops must neither wait nor hear of it.
            using var abort = deadline.Token.Register(() => _ = Task.Run(response.Dispose));
#endif
            body = new LimitedStream(
                await OpenAsync(response, deadline.Token).ConfigureAwait(false),
                MaximumReplySize,
                attempt
            );

            if (!response.IsSuccessStatusCode)
            {
                throw await ApiErrorReader
                    .ReadAsync(response, body, attempt, apiKey, deadline.Token, cancellationToken)
                    .ConfigureAwait(false);
            }
            var result = await ReadAsync(response, body, attempt, type, deadline.Token).ConfigureAwait(false);
            log.Verbose(
                $"{attempt.Request}: {(int)response.StatusCode}, {ControlCharacters.MakeVisible(describe(result))}, "
                    + $"{body.BytesRead:N0} bytes in {watch.ElapsedMilliseconds:N0} ms."
            );
            return result;
        }
        catch (Exception exception) when (deadline.IsCancellationRequested && exception is not AttemptException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw body is null ? attempt.NoResponse() : attempt.Incomplete(body.BytesRead);
        }
        catch (HttpRequestException exception) when (body is null)
        {
            throw attempt.Unreachable(exception);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidDataException or ObjectDisposedException)
        {
            throw attempt.Broken(exception, body?.BytesRead ?? 0);
        }
        catch (OperationCanceledException)
        {
            // Neither the user nor the deadline: the handler's own limit on connecting.
            throw attempt.Unreachable($"no connection within {HttpTransport.ConnectTimeout.TotalSeconds:0.#} s.");
        }
    }

    private HttpRequestMessage CreateRequest(Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = apiKey.ToHeader();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(UserAgent);
        return request;
    }

    private static Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
#if NET
        response.Content.ReadAsStreamAsync(cancellationToken);
#else
        response.Content.ReadAsStreamAsync();
#endif

    private async Task<T> ReadAsync<T>(
        HttpResponseMessage response,
        LimitedStream body,
        Attempt attempt,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (response.Content.Headers.ContentType?.MediaType is { } media && !IsJson(media))
        {
            throw attempt.Invalid(
                $"The service returned {(int)response.StatusCode} with {KnownMediaType(media)} instead of JSON. "
                    + "A proxy or a sign-in page may be in between."
            );
        }
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false)
                ?? throw attempt.Invalid("The service returned null instead of an object.");
        }
        catch (Exception exception)
            // After a stop, or when the time is over, what looks like the end of the answer may be none.
            when (!cancellationToken.IsCancellationRequested
                && exception
                    is JsonException
                        or InvalidOperationException
                        and not ObjectDisposedException
                        or NotSupportedException
            )
        {
            // Not as inner exception: its text quotes names from the answer as they are.
            throw attempt.Invalid(Unreadable(body, exception as JsonException));
        }
    }

    private string Unreadable(LimitedStream body, JsonException? exception)
    {
        if (body.BytesRead == 0)
        {
            return "The response is empty.";
        }
        var path = exception?.Path is { Length: > 0 } found ? $" at {Redaction.Redact(found, apiKey.Redact)}" : "";
        var position = exception?.BytePositionInLine is { } column
            ? $", line {exception.LineNumber + 1}, byte {column + 1}"
            : "";
        return $"Invalid JSON in the response{path}{position} ({body.BytesRead:N0} bytes received).";
    }

    private static string KnownMediaType(string mediaType) =>
        mediaType is "text/html" or "text/plain" or "text/xml" or "application/xml" or "application/octet-stream"
            ? mediaType
            : "another content type";

    private static bool IsJson(string mediaType) =>
        mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
        || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
}
