namespace Fireworks.DpoJobs;

/// <summary>Reads the objects in a job's file while they arrive, and later those that were added.</summary>
/// <param name="lines">The lines of the file.</param>
/// <param name="converter">Converts the lines.</param>
/// <param name="last">The number of objects before the end of the file to start with. Null to start with the first object.</param>
internal sealed class JobReader(LineReader lines, ILineConverter converter, int? last) : IDisposable
{
    private const long MinLastBytes = 64 * 1024;
    private const int LikelyLineLength = 512;

    private int? _last = last;

    // Whether the next call reports the end of the file, after the last objects have been returned.
    private bool _isAtEnd;

    // Whether the final read has reached the end of the file.
    private bool _hasEnded;

    /// <summary>Whether the file is read only to its present end, so that an incomplete last line is converted too.</summary>
    public bool IsFinalRead { get; set; }

    /// <summary>Whether the job has ended, so that the file does not grow any more.</summary>
    public bool IsJobFinished { get; set; }

    /// <summary>Whether there is no file yet.</summary>
    public bool IsMissing => lines.IsMissing;

    /// <summary>Reads the next objects.</summary>
    /// <returns>The objects, possibly none; null at the end of the file, which may grow later.</returns>
    /// <exception cref="FwException">The file could not be read.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    public async Task<IReadOnlyList<object>?> ReadAsync()
    {
        if (_last is { } count)
        {
            var result = await ReadLastAsync(count).ConfigureAwait(false);
            // Only now, because after a failure the next call must not start with the first object.
            _last = null;
            _isAtEnd = true;
            _hasEnded = IsFinalRead;
            return result;
        }
        if (_isAtEnd || _hasEnded)
        {
            _isAtEnd = false;
            return null;
        }
        if (await lines.ReadAsync().ConfigureAwait(false) is { } next)
        {
            return Convert(next);
        }
        _hasEnded = IsFinalRead;
        return IsFinalRead && ConvertRest() is { } rest ? [rest] : null;
    }

    public void Dispose() => lines.Dispose();

    // Requests a part of the file that likely contains them, and a larger one if it does not.
    private async Task<IReadOnlyList<object>> ReadLastAsync(int count)
    {
        for (var bytes = Math.Max(MinLastBytes, count * (long)LikelyLineLength); ; bytes *= 8)
        {
            lines.MoveToLast(bytes);
            var found = new Queue<object>();
            while (await lines.ReadAsync().ConfigureAwait(false) is { } next)
            {
                foreach (var item in Convert(next))
                {
                    Add(item);
                }
            }
            if (IsFinalRead && ConvertRest() is { } rest)
            {
                Add(rest);
            }
            if (found.Count == count || lines.IsFromBeginning)
            {
                return [.. found];
            }

            void Add(object item)
            {
                found.Enqueue(item);
                if (found.Count > count)
                {
                    found.Dequeue();
                }
            }
        }
    }

    private List<object> Convert(IReadOnlyList<FileLine> read)
    {
        var items = new List<object>(read.Count);
        foreach (var line in read)
        {
            if (converter.Convert(line) is { } item)
            {
                items.Add(item);
            }
        }
        return items;
    }

    private object? ConvertRest() => lines.Rest is { } rest ? converter.ConvertRest(rest, IsJobFinished) : null;
}
