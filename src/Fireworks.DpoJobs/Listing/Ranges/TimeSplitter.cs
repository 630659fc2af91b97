namespace Fireworks.DpoJobs;

/// <summary>
/// Divides a listing by creation time while it is read. A range is all jobs from a time to the end of the listing; its reader
/// stops where the next range begins. The service's counts show how many jobs are before each range, so a range continues the one
/// before it only if exactly as many were received. Otherwise, that one is read to its end instead.
/// </summary>
/// <param name="source">The listing.</param>
/// <param name="order">An order by time.</param>
/// <param name="whole">Reads the whole listing. Its first page has been received.</param>
/// <param name="end">The creation time of the last job in the order. Null when unknown.</param>
/// <param name="endRate">The number of jobs per tick at the end. Null when unknown.</param>
/// <param name="pageSize">The number of jobs per page.</param>
/// <param name="maxRanges">The maximum number of ranges. Each costs about half a request, at most one.</param>
/// <param name="log">Receives a warning when ranges would not yield the same listing.</param>
internal sealed class TimeSplitter(
    IRangeSource source,
    ListingOrder order,
    RangeReader whole,
    DateTimeOffset? end,
    double? endRate,
    int pageSize,
    long maxRanges,
    IClientLog log
) : IRangeSplitter
{
    // The smallest part that a range is divided into.
    private const int MinPages = 3;

    // The pages that each range can buffer. With less memory, fewer ranges are read at the same time.
    private const int MinPagesAhead = 8;

    // The part of a page by which a range is smaller than full pages.
    private const double Margin = 0.2;

    // The share of the buffers that ranges fill when not all wanted jobs fit.
    private const double ShareOfMemory = 0.7;

    // If the jobs are unevenly distributed, the borders are guesses, and each range may cost a request: at least 7 for the
    // listing, or one per 100 pages.
    private const int MinGuesses = 4;
    private const int MaxWaste = 7;
    private const int PagesPerWaste = 100;

    // A range is useless if it has less than a page or a quarter of its estimated size. One of more than four times its
    // estimated size, or this many useless ones, show that the jobs are unevenly distributed.
    private const int ManyUseless = 3;
    private const int MaxRatio = 4;

    private readonly List<RangeReader> _ranges = [whole];
    private readonly long _total = whole.FirstTotal.GetValueOrDefault();
    private bool _isStopped;
    private bool _isSkewed;

    public IReadOnlyList<RangeReader> Ranges => _ranges;

    public IReadOnlyList<RangeReader> Pending => [];

    public long Missing => 0;

    private long Front =>
        _ranges.Find(range => range is not { Buffered: 0, IsAtEnd: true }) is { } front
            ? front.Start + front.Received - front.Buffered
            : _total;

    public void Verify(string? lastName)
    {
        for (var i = _ranges.Count - 1; i > 0; i--)
        {
            var range = _ranges[i];
            var problem =
                !range.HasRead ? (range.Failure is { } failure ? RangeMessages.Describe(failure) : null)
                : range.HasStrayJobs || range.FirstTotal is null or < 0 ? RangeMessages.Counts
                : null;
            if (problem is not null && _ranges[i - 1].IsFinished)
            {
                // The jobs before can no longer be read in another way.
                range.RejectStrayJobs();
            }
            else if (problem is not null)
            {
                Stop(problem);
                _ranges.RemoveAt(i);
                _ranges[i - 1].Resize(WithEnd(_ranges[i - 1].Range, EndOf(range.Range)));
            }
            else if (range.HasRead)
            {
                range.Start = Math.Max(0, _total - range.FirstTotal.GetValueOrDefault());
            }
        }
        for (var i = 0; i < _ranges.Count - 1; i++)
        {
            var (range, next) = (_ranges[i], _ranges[i + 1]);
            if (range.IsAtBorder && next.HasRead)
            {
                if (range.IsContinuedBy(next))
                {
                    range.Finish();
                }
                else
                {
                    Stop(RangeMessages.Counts);
                    _ranges.RemoveRange(i + 1, _ranges.Count - i - 1);
                    range.Restore();
                }
            }
        }
    }

    public bool IsNeeded(RangeReader range, int? limit) =>
        limit is null || range.Start + range.Received < Front + limit;

    public void Split(int maxActive, long maxBuffered, int? limit)
    {
        var front = Front;
        var wanted = limit is null ? _total : Math.Min(_total, front + limit.GetValueOrDefault());
        var bound = Math.Min(wanted, front + maxBuffered);
        maxActive = (int)Math.Max(1, Math.Min(maxActive, maxBuffered / pageSize / MinPagesAhead));
        var active = _ranges.Count(range => range.CanRequest || range.Requested is not null);
        // Other ranges are created later.
        var maxRangesHere = Math.Max(2, maxRanges * bound / Math.Max(1, wanted));
        var wantedRanges = Math.Min(maxActive - active, maxRangesHere - _ranges.Count);
        var allowed = Math.Min(wantedRanges, CountGuesses());
        if (_isStopped || allowed <= 0)
        {
            return;
        }
        var gaps = _ranges.Select((range, index) => new Gap(range, FindGap(index, bound))).ToList();
        if (bound < wanted)
        {
            // Ranges smaller than the memory allows, so that others can be read until the first of them has been written.
            var last = gaps[gaps.Count - 1];
            var size = Math.Max(MinPagesAhead * pageSize / 2, maxBuffered * ShareOfMemory / maxActive);
            last.Size = size;
            var room = last.Length > 0 ? (last.Length + last.Range.Received) / size : 0;
            last.Units = 1 + (int)Math.Min(wantedRanges, room);
            wantedRanges -= last.Units - 1;
        }
        for (; wantedRanges > 0; wantedRanges--)
        {
            var longest = gaps.Where(gap => gap.Size is null)
                .OrderByDescending(gap => gap.Length / gap.Units)
                .FirstOrDefault();
            if (longest is null || longest.Length / (longest.Units + 1) < MinPages * pageSize)
            {
                break;
            }
            longest.Units++;
        }
        for (; allowed > 0 && gaps.Exists(gap => gap.Parts < gap.Units); allowed--)
        {
            gaps.Where(gap => gap.Parts < gap.Units).OrderByDescending(gap => gap.Length / gap.Parts).First().Parts++;
        }
        foreach (var gap in gaps.Where(gap => gap.Parts > 1))
        {
            Divide(gap, bound);
        }
    }

    // The number of jobs of a range, up to a bound, that are not requested yet. 0 when the range cannot be divided.
    private double FindGap(int index, long bound)
    {
        var range = _ranges[index];
        if (!range.HasRead || !(range.CanRequest || range.Requested is not null))
        {
            return 0;
        }
        var length = Math.Min(bound, EndOf(index)) - PositionOf(range);
        return length > 0 && FindBorder(index, length / 2) is not null ? length : 0;
    }

    private void Divide(Gap gap, long bound)
    {
        var (range, length) = (gap.Range, gap.Length);
        var index = _ranges.IndexOf(range);
        var position = PositionOf(range);
        var borders = FindParts(gap)
            .Select(jobs => (Jobs: jobs, Time: FindBorder(index, jobs)))
            .Where(border => border.Time is not null)
            .GroupBy(border => border.Time)
            .Select(same => same.First())
            .ToList();
        var (rangeEnd, last) = (EndOf(range.Range), EndOf(index));
        for (var i = 0; i < borders.Count; i++)
        {
            var border = borders[i].Time;
            var created = new RangeReader(source, WithEnd(StartingAt(border), null))
            {
                Start = position + (long)borders[i].Jobs,
                EstimatedSize =
                    i + 1 < borders.Count ? borders[i + 1].Jobs - borders[i].Jobs
                    : last <= bound ? length - borders[i].Jobs
                    : null,
            };
            _ranges[index + i].Resize(WithEnd(_ranges[index + i].Range, border));
            created.Resize(WithEnd(created.Range, rangeEnd));
            if (_ranges.Count == 1)
            {
                log.Verbose(RangeMessages.Parallel(_total));
            }
            _ranges.Insert(index + i + 1, created);
        }
    }

    // A little less than full pages, because the last page of a range is a whole request.
    private IEnumerable<double> FindParts(Gap gap)
    {
        var (position, units) = (gap.Size is null ? 0.0 : -gap.Range.Received, gap.Units);
        for (var parts = gap.Parts; parts > 1; parts--)
        {
            // A part has several units if it is to be divided later.
            var count = (units + parts - 1) / parts;
            var size = gap.Size ?? (gap.Length - position) * count / units;
            position = Math.Max(0, position + ((Math.Max(1, Math.Round(size / pageSize)) - Margin) * pageSize));
            units -= count;
            yield return position;
        }
    }

    // The time before which a number of jobs were created that are not requested yet. Null when there is none.
    private DateTimeOffset? FindBorder(int index, double jobs)
    {
        var range = _ranges[index];
        if (range.LastTime is not { } position)
        {
            return null;
        }
        var isLast = index == _ranges.Count - 1;
        return new CreationGap(position, EndOf(index) - range.Start - range.Received, order.IsDescending)
        {
            End = EndOf(range.Range) ?? end,
            Rate = range.LastRate,
            EndRate = isLast ? endRate : _ranges[index + 1].FirstRate,
            IsSkewed = _isSkewed,
        }.FindTime(jobs + (range.Requested is null ? 0 : pageSize));
    }

    private long PositionOf(RangeReader range) =>
        range.Start + range.Received + (range.Requested is null ? 0 : pageSize);

    private long EndOf(int index) => index + 1 < _ranges.Count ? _ranges[index + 1].Start : _total;

    // How many more ranges may be created before the sizes of others are known.
    private long CountGuesses()
    {
        var sizes = FindSizes().ToList();
        var useless = sizes.Count(size => size.Jobs < Math.Max(pageSize, size.Range.EstimatedSize / MaxRatio ?? 0));
        _isSkewed |=
            useless >= ManyUseless
            || sizes.Exists(size => size.Jobs > MaxRatio * Math.Max(size.Range.EstimatedSize ?? _total, pageSize));
        var unknown = _ranges.Count - sizes.Count;
        if (!_isSkewed)
        {
            return Math.Max(MinGuesses, sizes.Count + 1 - useless) - useless - unknown;
        }
        // Including the cost of last pages that are not full.
        var waste = sizes
            .Skip(1)
            .Sum(size => Math.Ceiling((double)size.Jobs / pageSize) - ((double)size.Jobs / pageSize));
        return (long)(Math.Max(MaxWaste, _total / pageSize / PagesPerWaste) - waste - unknown);
    }

    private IEnumerable<(RangeReader Range, long Jobs)> FindSizes() =>
        _ranges
            .Select((range, i) => (range, EndOf(i) - range.Start))
            .Where((_, i) => _ranges[i].HasRead && (i + 1 == _ranges.Count || _ranges[i + 1].HasRead));

    private CreateTimeRange StartingAt(DateTimeOffset? time) =>
        order.IsDescending ? new CreateTimeRange(null, time) : new CreateTimeRange(time, null);

    private DateTimeOffset? EndOf(CreateTimeRange range) => order.IsDescending ? range.From : range.Before;

    private CreateTimeRange WithEnd(CreateTimeRange range, DateTimeOffset? time) =>
        order.IsDescending ? range with { From = time } : range with { Before = time };

    private void Stop(string problem)
    {
        if (!_isStopped)
        {
            log.Warning(RangeMessages.Warn(problem));
        }
        _isStopped = true;
    }

    /// <summary>The jobs of a range that are not requested yet, and into how many ranges they are divided.</summary>
    private sealed class Gap(RangeReader range, double length)
    {
        public RangeReader Range => range;

        public double Length => length;

        /// <summary>The number of jobs of each range that it becomes, but the last. Null when they are of equal size.</summary>
        public double? Size { get; set; }

        /// <summary>How many ranges it is to become.</summary>
        public int Units { get; set; } = 1;

        /// <summary>How many ranges it becomes now.</summary>
        public int Parts { get; set; } = 1;
    }
}
