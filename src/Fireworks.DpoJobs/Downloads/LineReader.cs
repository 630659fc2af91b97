namespace Fireworks.DpoJobs;

/// <summary>
/// Reads the lines of a job's file while they arrive, and later those that were added. After a broken connection it continues
/// after the last complete line, and checks that the bytes before it are still the same.
/// </summary>
/// <param name="client">Waits between attempts.</param>
/// <param name="file">The file.</param>
/// <param name="dividesLongLines">Whether a line that is too long is divided. Otherwise it is an error.</param>
/// <param name="cancellationToken">Cancelled by the user.</param>
internal sealed class LineReader(
    FireworksClient client,
    JobFile file,
    bool dividesLongLines,
    CancellationToken cancellationToken
) : IDisposable
{
    /// <summary>The longest line in bytes.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int ReadSize = 64 * 1024;
    private const int MaxKnownLength = 256;

    private byte[] _buffer = new byte[2 * ReadSize];

    // The bytes from _start to _end are not part of a line that was returned. The one at _start has this position and number.
    private int _start;
    private int _end;
    private long _position;

    // The number of lines before that. Null when reading started within the file.
    private long? _lines = 0;

    // A response starts with bytes that were not requested (_skipped of them), then repeats bytes that were read before (_known).
    private long _skipped;
    private byte[] _known = [];

    // The size of the last part, until it is requested.
    private long? _lastBytes;

    // Whether the bytes up to the next line feed are the end of a line that started before the part.
    private bool _startsWithinLine;
    private DownloadStream? _stream;
    private bool _hasBegun;

    // The position up to which bytes have arrived. Retries count from the last progress.
    private long _furthest;
    private int _retries;

    /// <summary>Whether there is no file yet.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Whether the lines that were read begin with the first line of the file.</summary>
    public bool IsFromBeginning => _lines is not null;

    /// <summary>At the end of the file, the text after the last line feed. Null when there is none.</summary>
    public FileLine? Rest => _end == _start ? null : CreateLine(_end - _start);

    /// <summary>Receives a warning when the file was replaced; reading then starts over. Null to throw instead.</summary>
    public Action<string>? WarnOfReplacement { get; init; }

    /// <summary>Continues with the last part of the file, from its first complete line.</summary>
    /// <param name="bytes">The size of the part in bytes.</param>
    public void MoveToLast(long bytes)
    {
        Restart();
        _lastBytes = bytes;
    }

    /// <summary>Reads the next lines.</summary>
    /// <returns>At least one line; null at the end of the file, which may grow later.</returns>
    /// <exception cref="FwException">The file could not be read.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled it.</exception>
    public async Task<IReadOnlyList<FileLine>?> ReadAsync()
    {
        while (_stream is not null || await OpenAsync().ConfigureAwait(false))
        {
            MakeRoom();
            int count;
            try
            {
#if NET
                count = await _stream!.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
#else
                count = await _stream!
                    .ReadAsync(_buffer, _end, _buffer.Length - _end, cancellationToken)
                    .ConfigureAwait(false);
#endif
            }
            catch (FwException failure)
            {
                Close();
                if (
                    failure is not (FwConnectionException or FwTimeoutException)
                    || !await client.WaitToRetryAsync(_retries++, failure, cancellationToken).ConfigureAwait(false)
                )
                {
                    // The caller may read again later.
                    _retries = 0;
                    throw;
                }
                continue;
            }
            if (count == 0)
            {
                Close();
                if (_skipped > 0 || _known.Length > 0)
                {
                    Replace();
                    continue;
                }
                return null;
            }
            var reached = _stream.FirstByte + _stream.BytesRead;
            if (reached > _furthest)
            {
                // Bytes that arrive again are no progress.
                _furthest = reached;
                _retries = 0;
            }
            var scanned = _end;
            _end += count;
            if (!SkipKnown())
            {
                continue;
            }
            if (TakeLines(Math.Max(scanned, _start)) is { Count: > 0 } lines)
            {
                return lines;
            }
        }
        return null;
    }

    public void Dispose() => Close();

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    // False when there is no file.
    private async Task<bool> OpenAsync()
    {
        while (true)
        {
            var isFirst = _position == 0;
            if (_known.Length == 0 && !isFirst)
            {
                var known = Math.Min(_start, MaxKnownLength);
                _known = _buffer.AsSpan(_start - known, known).ToArray();
            }
            var first = _position - _known.Length;
            var part =
                _lastBytes is { } bytes ? new DownloadPart(LastBytes: bytes)
                : isFirst ? null
                : new DownloadPart(first);
            try
            {
                _stream = await file.OpenAsync(part, cancellationToken).ConfigureAwait(false);
            }
            catch (FwException failure) when (JobFile.IsOutOfRange(failure))
            {
                if (isFirst)
                {
                    // An empty file has no part. All lines that are added later are new.
                    _lastBytes = null;
                    return false;
                }
                Replace();
                continue;
            }
            IsMissing = _stream is null;
            if (_stream is null)
            {
                _lastBytes = null;
                return _hasBegun && WarnOfReplacement is null
                    ? throw new FwResponseException($"The {file.Description} was deleted while it was read.")
                    : false;
            }
            _hasBegun = true;
            // The incomplete line is read again, because it may have been completed.
            _start = _end = 0;
            if (_lastBytes is not null)
            {
                _position = first = _stream.FirstByte;
                _startsWithinLine = first > 0;
                _lines = first > 0 ? null : 0;
                _lastBytes = null;
            }
            _skipped = first - _stream.FirstByte;
            if (_skipped < 0)
            {
                Close();
                throw file.WrongPart();
            }
            return true;
        }
    }

    private void Replace()
    {
        Close();
        if (WarnOfReplacement is null)
        {
            throw new FwResponseException(
                $"The {file.Description} was replaced while it was read, so its lines do not belong together. Run the command again."
            );
        }
        WarnOfReplacement($"The {file.Description} was replaced. It is read again from its beginning.");
        Restart();
    }

    private void Restart()
    {
        Close();
        _start = _end = 0;
        _position = _furthest = 0;
        _lines = 0;
        _skipped = 0;
        _known = [];
        _startsWithinLine = false;
    }

    // Keeps the bytes before _start that OpenAsync needs.
    private void MakeRoom()
    {
        if (_buffer.Length - _end >= ReadSize)
        {
            return;
        }
        var kept = Math.Max(0, _start - MaxKnownLength);
        if (_end - kept + ReadSize > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _end - kept + ReadSize));
        }
        Buffer.BlockCopy(_buffer, kept, _buffer, 0, _end - kept);
        _start -= kept;
        _end -= kept;
    }

    // False until all bytes have been skipped.
    private bool SkipKnown()
    {
        var skipped = (int)Math.Min(_skipped, _end - _start);
        _start += skipped;
        _skipped -= skipped;
        if (_skipped > 0 || _end - _start < _known.Length)
        {
            return false;
        }
        if (!_buffer.AsSpan(_start, _known.Length).SequenceEqual(_known))
        {
            Replace();
            return false;
        }
        _start += _known.Length;
        _known = [];
        return true;
    }

    private List<FileLine> TakeLines(int scanned)
    {
        var lines = new List<FileLine>();
        int length;
        while ((length = FindLineEnd(scanned)) >= 0)
        {
            var isComplete = length < _end - _start && _buffer[_start + length] == '\n';
            if (_startsWithinLine)
            {
                _startsWithinLine = !isComplete;
            }
            else
            {
                lines.Add(CreateLine(length));
            }
            // A line that was divided counts as one.
            _lines += isComplete ? 1 : 0;
            length += isComplete ? 1 : 0;
            _start += length;
            _position += length;
            scanned = _start;
        }
        return lines;
    }

    // The length of the next line without its line feed. Negative when it is not complete.
    private int FindLineEnd(int scanned)
    {
        var found = _buffer.AsSpan(scanned, _end - scanned).IndexOf((byte)'\n');
        var length = found < 0 ? _end - _start : scanned + found - _start;
        if (length <= MaxLength)
        {
            return found < 0 ? -1 : length;
        }
        if (!dividesLongLines && !_startsWithinLine)
        {
            var number = CreateLine(0).Description;
            throw new FwResponseException(
                $"The {file.Description} has a line of more than {MaxLength / (1024 * 1024)} MiB ({number}), so it is not read any further."
            )
            {
                IsTooLarge = true,
            };
        }
        // Not within a UTF-8 character.
        length = MaxLength;
        while (length > MaxLength - 3 && (_buffer[_start + length] & 0xc0) == 0x80)
        {
            length--;
        }
        return length;
    }

    private FileLine CreateLine(int length) => new(_lines + 1, _position, _buffer.AsMemory(_start, length));
}
