namespace Fireworks.DpoJobs;

/// <summary>
/// The body of a response, read while it arrives and never buffered. Its errors are those of the module. A download may take
/// hours, so the timeout applies to each read instead of the whole body. A broken download is not repeated: continue with
/// <see cref="ApiRequest{T}.FirstByte"/>.
/// </summary>
/// <param name="response">The response. It is disposed with this stream.</param>
/// <param name="body">The body of the response.</param>
/// <param name="attempt">The attempt that the response belongs to.</param>
internal sealed class DownloadStream(HttpResponseMessage response, LimitedStream body, Attempt attempt)
    : ReadOnlyStream(body)
{
    /// <summary>The position of the first byte in the resource. 0 when the server sends the whole, requested or not.</summary>
    public long FirstByte => response.Content.Headers.ContentRange?.From ?? 0;

    /// <summary>The size of the whole resource in bytes. Null when the server does not send it.</summary>
    public long? TotalLength =>
        response.Content.Headers.ContentRange is { } range ? range.Length : response.Content.Headers.ContentLength;

    /// <inheritdoc/>
    /// <exception cref="FwTimeoutException">No byte arrived within the timeout.</exception>
    /// <exception cref="FwConnectionException">The connection broke.</exception>
    protected override async Task<int> ReadAsync(
        Func<CancellationToken, Task<int>> read,
        CancellationToken cancellationToken
    )
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(attempt.Timeout);
#if !NET
        using var abort = RequestSender.DisposeOnCancellation(response, idle.Token);
#endif
        try
        {
            var count = await read(idle.Token).ConfigureAwait(false);
            if (count == 0)
            {
                // After a cancellation, what looks like the end of the body may not be one.
                idle.Token.ThrowIfCancellationRequested();
            }
            return count;
        }
        catch (Exception) when (idle.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw attempt.Stalled(body.BytesRead).Failure;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidDataException or ObjectDisposedException)
        {
            throw attempt.Broken(exception, body.BytesRead).Failure;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }
        base.Dispose(disposing);
    }
}
