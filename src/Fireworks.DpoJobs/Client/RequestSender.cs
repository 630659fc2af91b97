using System.Diagnostics;
using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>Makes one attempt of one request: sends it, reads the response, and describes each failure precisely.</summary>
/// <param name="connection">The address, key and timeout.</param>
/// <param name="log">Receives one line per response.</param>
/// <param name="transport">Sends requests. Null for <see cref="HttpTransport"/>.</param>
internal sealed class RequestSender(FwConnection connection, IClientLog log, HttpMessageInvoker? transport)
{
    /// <summary>The largest response that is read into memory, in bytes. A page of 200 jobs has about 200 KB.</summary>
    public const long MaxResponseSize = 32L * 1024 * 1024;

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "Fireworks.DpoJobs",
        typeof(RequestSender).Assembly.GetName().Version?.ToString(3)
    );

    private int _hasWarned;

    /// <summary>Sends a request once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="retries">The number of retries before.</param>
    /// <param name="cancellationToken">Cancelled by the user. For a stream, it covers the time until the headers arrive.</param>
    /// <exception cref="AttemptException">The attempt failed.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    public async Task<T> SendAsync<T>(ApiRequest<T> request, int retries, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(
            request.Describe(connection),
            retries,
            connection.Timeout,
            connection.ApiKey.WithSecret(request.Secret?.Reveal()),
            request.Operation
        )
        {
            WarnOfMismatch = WarnOnce,
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(attempt.Timeout);
        HttpResponseMessage? response = null;
        ResponseStream? body = null;
        var isStream = request.Response.KeepsResponseOpen;
        var isKept = false;
        try
        {
            using var message = CreateMessage(request, attempt);
#if NET
            HttpTransport.EndConnectingWith(message, deadline.Token);
#endif
            var watch = Stopwatch.StartNew();
            var invoker = transport ?? (isStream ? HttpTransport.Exact : HttpTransport.Shared);
            response = await invoker.SendAsync(message, deadline.Token).ConfigureAwait(false);
#if NET
            var content = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
#else
            using var abort = DisposeOnCancellation(response, deadline.Token);
            var content = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            body = new ResponseStream(content, isStream ? long.MaxValue : MaxResponseSize, attempt);
            if (!response.IsSuccessStatusCode)
            {
                throw await ErrorResponse
                    .ReadAsync(response, body, attempt, deadline.Token, cancellationToken)
                    .ConfigureAwait(false);
            }
            var result = await request
                .Response.ReadAsync(response, body, attempt, deadline.Token)
                .ConfigureAwait(false);
            isKept = isStream;
            log.Verbose(
                $"{attempt.Request}: {(int)response.StatusCode}, {request.Response.Describe(result)}, "
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
        catch (Exception exception) when (Attempt.IsBroken(exception))
        {
            throw attempt.Broken(exception, body?.BytesRead ?? 0);
        }
        catch (OperationCanceledException exception)
        {
            // Neither the user nor the deadline: the handler's own timeout for connecting.
            throw response is null ? attempt.ConnectTimeout() : attempt.Broken(exception, body?.BytesRead ?? 0);
        }
        finally
        {
            if (!isKept)
            {
                response?.Dispose();
            }
        }
    }

    // The client lives as long as the command, so there is one warning per listing.
    private void WarnOnce(string message)
    {
        if (Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            log.Warning(message);
        }
    }

#if !NET
    /// <summary>
    /// Streams of .NET Framework ignore tokens, so the response is disposed to end a read. (GZipHandler makes sure that no
    /// memory is freed during decompression, which would end the process.) Disposing may wait for the rest of the response, or
    /// fail; neither may affect the caller that cancels.
    /// </summary>
    public static IDisposable DisposeOnCancellation(
        HttpResponseMessage response,
        CancellationToken cancellationToken
    ) => cancellationToken.Register(() => _ = Task.Run(response.Dispose));
#endif

    private HttpRequestMessage CreateMessage<T>(ApiRequest<T> request, Attempt attempt)
    {
        var uri = request.ToUri(connection);
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            throw attempt.Invalid("The signed address from the service is not https, so no request was sent.");
        }
        var message = new HttpRequestMessage(request.Method, uri);
        if (request.SignedAddress is null)
        {
            message.Headers.Authorization = connection.ApiKey.ToHeader();
        }
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(request.Response.Accept));
        message.Headers.UserAgent.Add(UserAgent);
        if (request.Part is { } part)
        {
            message.Headers.Range = new RangeHeaderValue(part.FirstByte, part.LastBytes);
            message.Headers.IfRange = part.IfVersion is { } version ? new RangeConditionHeaderValue(version) : null;
        }
        if (request.Body is { } json)
        {
            message.Content = new ByteArrayContent(json);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        return message;
    }
}
