using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>
/// Copies a job's file, byte for byte. After a broken connection it requests the rest, and starts over if the file may have
/// changed in between, so that parts of different versions are never joined.
/// </summary>
/// <param name="client">Waits between attempts.</param>
/// <param name="file">The file.</param>
/// <param name="cancellationToken">Cancelled by the user.</param>
internal sealed class FileDownload(FireworksClient client, JobFile file, CancellationToken cancellationToken)
{
    private const int BufferSize = 128 * 1024;

    private long _bytes;
    private long _total = -1;

    /// <summary>The number of bytes copied so far. On any thread.</summary>
    public long BytesCopied => Interlocked.Read(ref _bytes);

    /// <summary>The size of the file in bytes. Null when it is unknown. On any thread.</summary>
    public long? Total => Interlocked.Read(ref _total) is >= 0 and var total ? total : null;

    /// <summary>Copies the file.</summary>
    /// <param name="target">Receives the bytes. Its length can be set.</param>
    /// <returns>Whether there is a file.</returns>
    /// <exception cref="FwException">The file could not be read.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    public async Task<bool> CopyToAsync(Stream target)
    {
        FileVersion? version = null;
        long furthest = 0;
        var retries = 0;
        var restarts = 0;
        var hasBegun = false;
        while (true)
        {
            var position = BytesCopied;
            using var source = await OpenAsync(position, version).ConfigureAwait(false);
            if (source is null && position == 0)
            {
                return hasBegun
                    ? throw new FwResponseException($"The {file.Description} was deleted while it was read.")
                    : false;
            }
            hasBegun = true;
            var isPart = source?.FirstByte == position && position > 0;
            if (!isPart && source?.FirstByte > 0)
            {
                throw file.WrongPart();
            }
            if (source is null || version?.IsSame(source) == false)
            {
                if (restarts++ == client.MaximumRetryCount)
                {
                    throw new FwResponseException(
                        $"After {restarts} broken connections, the {file.Description} may have been changed, so no complete version could be retrieved. Run the command again later."
                    );
                }
                // The next response may be of any version.
                version = null;
                isPart = false;
                furthest = 0;
            }
            if (!isPart)
            {
                Interlocked.Exchange(ref _bytes, 0);
                target.SetLength(0);
                if (source?.FirstByte != 0)
                {
                    continue;
                }
            }
            version = new FileVersion(source!);
            Interlocked.Exchange(ref _total, source!.TotalLength ?? -1);
            if (await CopyAsync(source, target).ConfigureAwait(false) is not { } failure)
            {
                return true;
            }
            // Bytes that arrive again, because the server sends no parts, are no progress.
            retries = BytesCopied > furthest ? 0 : retries;
            furthest = Math.Max(furthest, BytesCopied);
            if (!await client.WaitToRetryAsync(retries++, failure, cancellationToken).ConfigureAwait(false))
            {
                throw failure;
            }
        }
    }

    // Null when there is no file, or none that has a byte at this position.
    private async Task<DownloadStream?> OpenAsync(long position, FileVersion? version)
    {
        var part = position == 0 ? null : new DownloadPart(position, IfVersion: version?.Tag);
        try
        {
            return await file.OpenAsync(part, cancellationToken).ConfigureAwait(false);
        }
        catch (FwException failure) when (position > 0 && JobFile.IsOutOfRange(failure))
        {
            return null;
        }
    }

    // Returns why the copy is incomplete; null when it is complete.
    private async Task<FwException?> CopyAsync(DownloadStream source, Stream target)
    {
        var buffer = new byte[BufferSize];
        while (true)
        {
            int count;
            try
            {
#if NET
                count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
#else
                count = await source.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
#endif
            }
            catch (FwException failure) when (failure is FwConnectionException or FwTimeoutException)
            {
                return failure;
            }
            if (count == 0)
            {
                return source.HasCertainEnd
                    ? null
                    : throw new FwResponseException(
                        $"The server did not send the size of the {file.Description}, so whether it is complete is unknown. It was not saved."
                    );
            }
#if NET
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
#else
            await target.WriteAsync(buffer, 0, count, cancellationToken).ConfigureAwait(false);
#endif
            Interlocked.Add(ref _bytes, count);
        }
    }

    /// <summary>Identifies a version of a file.</summary>
    private sealed class FileVersion(DownloadStream source)
    {
        private readonly EntityTagHeaderValue? _tag = source.Version;
        private readonly DateTimeOffset? _lastModified = source.LastModified;
        private readonly long? _length = source.TotalLength;

        /// <summary>The tag, if it certainly changes with each byte.</summary>
        public EntityTagHeaderValue? Tag => _tag is { IsWeak: false } ? _tag : null;

        /// <summary>Whether a part is one of this version. A file only grows, so its size identifies it if nothing else does.</summary>
        public bool IsSame(DownloadStream part) =>
            Equals(part.Version, _tag)
            && part.LastModified == _lastModified
            && part.TotalLength == _length
            && (Tag is not null || _length is not null);
    }
}
