using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>Splitting time into ranges with about the same number of jobs, from the creation times of some.</summary>
public sealed class CreationSampleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Splits_evenly_distributed_jobs_evenly()
    {
        var sample = new CreationSample(Enumerable.Range(0, 241).Select(minute => Start.AddMinutes(minute)));

        Assert.Equal(
            [
                new CreateTimeRange(null, Start.AddHours(1)),
                new CreateTimeRange(Start.AddHours(1), Start.AddHours(2)),
                new CreateTimeRange(Start.AddHours(2), Start.AddHours(3)),
                new CreateTimeRange(Start.AddHours(3), null),
            ],
            sample.Split(4)
        );
    }

    [Fact]
    public void Splits_where_most_jobs_were_created()
    {
        // One in ten in the first year, the others within a minute.
        var sample = new CreationSample(
            Enumerable
                .Range(0, 400)
                .Select(job => job < 40 ? Start.AddDays(9 * job) : Start.AddDays(365).AddSeconds(job))
        );

        Assert.All(sample.Split(8).Skip(2), range => Assert.True(range.From > Start.AddDays(365)));
    }

    [Fact]
    public void Jobs_created_in_the_same_second_are_one_range()
    {
        var times = new[] { Start.AddSeconds(0.2), Start.AddSeconds(0.9) };

        Assert.Equal([new CreateTimeRange(null, null)], new CreationSample(times).Split(8));
        Assert.Equal([new CreateTimeRange(null, null)], new CreationSample([Start]).Split(8));
    }

    [Fact]
    public void Ranges_cover_all_time_once_with_borders_in_whole_seconds()
    {
        Prop.ForAll(
                Cases().ToArbitrary(),
                one =>
                {
                    var (times, wanted) = one;

                    var ranges = new CreationSample(times.Select(time => Start.AddSeconds(time / 7.0))).Split(wanted);

                    return ranges.Count >= 1
                        && ranges.Count <= wanted
                        && ranges[0].From is null
                        && ranges[^1].Before is null
                        && ranges
                            .Zip(ranges.Skip(1), (one, next) => one.Before is not null && one.Before == next.From)
                            .All(isNext => isNext)
                        && ranges.Skip(1).SkipLast(1).All(range => range.From < range.Before)
                        && ranges.Skip(1).All(range => range.From!.Value.UtcTicks % TimeSpan.TicksPerSecond == 0);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static Gen<(IReadOnlyList<int> Times, int Wanted)> Cases() =>
        from count in Gen.Choose(1, 300)
        from times in Gen.Choose(0, 5000).ListOf(count)
        from wanted in Gen.Choose(1, 64)
        select ((IReadOnlyList<int>)[.. times], wanted);
}
