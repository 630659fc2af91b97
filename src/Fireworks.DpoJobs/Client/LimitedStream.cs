namespace Fireworks.DpoJobs;

/// <summary>Counts the bytes read and fails once the response exceeds a limit.</summary>
/// <param name="inner">The body of the response, decompressed.</param>
/// <param name="limit">The limit in bytes.</param>
/// <param name="attempt">The attempt that the response belongs to.</param>
internal sealed class LimitedStream(Stream inner, long limit, Attempt attempt) : ReadOnlyStream(inner)
{
    /// <summary>The number of bytes read so far, after decompression.</summary>
    public long BytesRead { get; private set; }

    /// <inheritdoc/>
    protected override async Task<int> ReadAsync(
        Func<CancellationToken, Task<int>> read,
        CancellationToken cancellationToken
    )
    {
        var count = await read(cancellationToken).ConfigureAwait(false);
        BytesRead += count;
        return BytesRead <= limit
            ? count
            : throw attempt.Invalid(
                $"The response is larger than {limit / (1024 * 1024)} MiB and was not read to its end."
            );
    }
}
