namespace Fireworks.DpoJobs;

/// <summary>
/// Divides a listing by name into ranges of creation time, whose jobs are merged by name. Where names follow time, only the next
/// ranges are read, and a placeholder for the rest shows which names they precede; it is divided again when they have been read.
/// Ranges are used only if the service's counts of them add up to that of the range that they replace.
/// </summary>
/// <param name="source">The listing.</param>
/// <param name="order">An order by name.</param>
/// <param name="whole">Reads the whole listing. Its first page has been received.</param>
/// <param name="trend">How creation times follow names.</param>
/// <param name="pageSize">The number of jobs per page.</param>
/// <param name="maxRanges">The maximum number of ranges that are read at the same time.</param>
/// <param name="log">Receives a warning when ranges would not yield the same listing.</param>
internal sealed class NameSplitter(
    IRangeSource source,
    ListingOrder order,
    RangeReader whole,
    NameTrend trend,
    int pageSize,
    int maxRanges,
    IClientLog log
) : IRangeSplitter
{
    // The smallest range.
    private const int MinPages = 6;

    // The pages that each range can buffer. With less memory, fewer ranges are read at the same time.
    private const int MinPagesAhead = 8;

    // The most ranges whose borders are guesses.
    private const int MaxGuesses = 7;

    // A range is useless if its size is less than a quarter of the estimate. One of more than four times the estimate, or this
    // many useless ones, show that the jobs are unevenly distributed.
    private const int MaxRatio = 4;
    private const int ManyUseless = 3;

    // With a limit, an eighth of a page may be missing from the share of a range.
    private const int PartsOfPage = 8;

    // The placeholder is divided when a quarter of the buffers is free.
    private const int MinWaves = 4;

    private readonly List<RangeReader> _ranges = [whole];
    private List<RangeReader> _pending = [];
    private RangeReader? _rest = whole;
    private DateTimeOffset? _start = trend.Start;
    private double? _rate = trend.Rate;
    private double _estimatedSize;
    private bool _isGuessed;

    public IReadOnlyList<RangeReader> Ranges => _ranges;

    public IReadOnlyList<RangeReader> Pending => _pending;

    public long Missing { get; private set; }

    // With a limit, a range needs to supply about its share of the listing. If it needs to supply more, that is requested later.
    public bool IsNeeded(RangeReader range, int? limit) =>
        limit is null
        || !range.HasRead
        || range.Buffered + (pageSize / PartsOfPage)
            < limit
                * (double)range.FirstTotal.GetValueOrDefault()
                / _ranges.Sum(other => (double)(other.FirstTotal ?? 0));

    public void Verify(string? lastName)
    {
        if (_pending.Find(range => range.Failure is not null && !range.HasRead) is { Failure: { } failure })
        {
            Stop(RangeMessages.Describe(failure));
        }
        if (_pending.Count == 0 || !_pending.TrueForAll(range => range.HasRead))
        {
            return;
        }
        var missing = _rest!.FirstTotal - _pending.Sum(range => (decimal?)range.FirstTotal);
        if (
            _pending.Exists(range => range.FirstTotal is null or < 0 || range.HasStrayJobs)
            || (missing != 0 && !_ranges.Exists(range => range.HasChanged))
        )
        {
            Stop(RangeMessages.Counts);
        }
        else if (_pending.Exists(range => range.IsOutOfOrder(order)))
        {
            Stop(RangeMessages.Order);
        }
        else
        {
            Missing += (long)Math.Max(0, missing.GetValueOrDefault());
            Replace(lastName);
        }
    }

    public void Split(int maxActive, long maxBuffered, int? limit)
    {
        if (_rest is not { } rest || _pending.Count > 0)
        {
            return;
        }
        var most = (int)Math.Max(1, Math.Min(Math.Min(maxRanges, maxActive), maxBuffered / pageSize / MinPagesAhead));
        var idle = most - _ranges.Count(range => range != rest && (range.CanRequest || range.Requested is not null));
        var wanted = Math.Min(rest.FirstTotal.GetValueOrDefault(), limit ?? long.MaxValue);
        var room =
            maxBuffered - _ranges.Where(range => range != rest).Sum(range => range.Buffered + CountUnread(range));
        // Each placeholder costs a request, so that they are few.
        var isEnough = _isGuessed ? room * 2 >= idle * maxBuffered / most : idle >= 0 && room * MinWaves >= maxBuffered;
        if (rest.Buffered > 0 && !isEnough)
        {
            return;
        }
        var (ranges, hasRest) = trend.IsNone
            ? (trend.Sample.Split(maxRanges), false)
            : Divide(rest, most, wanted, room, maxBuffered);
        if (ranges.Count < 2)
        {
            Stop(_ranges.Count == 1 ? RangeMessages.SameSecond : null);
            return;
        }
        _isGuessed = rest.IsWhole;
        rest.IsPlaceholder = true;
        _pending = [.. ranges.Select(range => new RangeReader(source, range))];
        if (hasRest)
        {
            _pending[_pending.Count - 1].IsPlaceholder = true;
        }
    }

    // The first borders are guesses, each of which may cost a request, so they are few.
    private (IReadOnlyList<CreateTimeRange> Ranges, bool HasRest) Divide(
        RangeReader rest,
        int most,
        long wanted,
        long room,
        long maxBuffered
    )
    {
        var jobs = Math.Min(wanted, Math.Max(room, MinPages * pageSize));
        var isAll = jobs == wanted;
        // More than can be read at the same time, so that they end at about the same time.
        var size = isAll ? jobs / most : maxBuffered * 2 / 3 / most;
        var parts = (int)Math.Max(1, jobs / Math.Max(size, MinPages * pageSize));
        parts = rest.IsWhole && isAll && parts == MaxGuesses + 1 ? MaxGuesses : parts;
        _estimatedSize = (double)jobs / parts;
        var closed = rest.IsWhole ? Math.Min(parts, MaxGuesses - 1) : parts;
        return isAll && closed >= parts - 1
            ? (Divide(rest.Range, jobs, parts - 1, parts), false)
            : (Divide(rest.Range, jobs, closed, parts), true);
    }

    // The next ranges in the order of the listing, and the rest. If all wanted jobs are to be read, the rest is one of them.
    private List<CreateTimeRange> Divide(CreateTimeRange rest, double jobs, int parts, int wantedParts)
    {
        var ranges = new List<CreateTimeRange>();
        var position = trend.IsDescending ? rest.Before : rest.From;
        var gap = new CreationGap(_start.GetValueOrDefault(), _rest!.FirstTotal.GetValueOrDefault(), trend.IsDescending)
        {
            End = trend.End,
            Rate = _rate,
            IsSkewed = true,
        };
        for (var part = 1; part <= parts; part++)
        {
            if (
                gap.FindTime(jobs * part / wantedParts) is { } border
                && border != position
                && IsAfter(border, position)
            )
            {
                ranges.Add(Between(position, border));
                position = border;
            }
        }
        ranges.Add(Between(position, trend.IsDescending ? rest.From : rest.Before));
        return ranges;
    }

    private bool IsAfter(DateTimeOffset border, DateTimeOffset? position) =>
        trend.IsDescending ? !(border >= position) : !(border <= position);

    private CreateTimeRange Between(DateTimeOffset? start, DateTimeOffset? end) =>
        trend.IsDescending ? new CreateTimeRange(end, start) : new CreateTimeRange(start, end);

    private void Replace(string? lastName)
    {
        if (_ranges.Count == 1)
        {
            log.Verbose(RangeMessages.Parallel(_rest!.FirstTotal));
        }
        foreach (var range in _pending)
        {
            // The placeholder has already returned these.
            while (range.Buffered > 0 && lastName is not null && order.CompareNames(range.Next.Name, lastName) <= 0)
            {
                range.Take();
            }
        }
        _ranges.Remove(_rest!);
        _ranges.AddRange(_pending);
        var last = _pending[_pending.Count - 1];
        if (last.IsPlaceholder && IsSkewed())
        {
            last.IsPlaceholder = false;
        }
        _rest = last.IsPlaceholder ? last : null;
        var start = (trend.IsDescending ? last.Range.Before : last.Range.From) ?? _start;
        var count = _pending.Where(range => range != last).Sum(range => range.FirstTotal ?? 0);
        _rate = start == _start ? null : count / (double)Math.Abs((start - _start)?.Ticks ?? 0);
        _start = start;
        _pending = [];
    }

    // Whether most jobs were created in a small part of the time: then further borders would be guesses too.
    private bool IsSkewed()
    {
        var sizes = _pending.Where(range => !range.IsPlaceholder).Select(range => range.FirstTotal ?? 0).ToList();
        return sizes.Exists(size => size > MaxRatio * _estimatedSize)
            || sizes.Count(size => size < _estimatedSize / MaxRatio) >= Math.Min(ManyUseless, sizes.Count);
    }

    private static long CountUnread(RangeReader range) =>
        range.IsAtEnd ? 0 : Math.Max(0, range.FirstTotal.GetValueOrDefault() - range.Received);

    // The rest is read in one range.
    private void Stop(string? problem)
    {
        if (problem is not null)
        {
            log.Warning(RangeMessages.Warn(problem));
        }
        _rest!.IsPlaceholder = false;
        _rest = null;
        _pending = [];
    }
}
