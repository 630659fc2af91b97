using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing.Ranges;

/// <summary>Splitting time into ranges with about the same number of jobs.</summary>
public sealed class CreationHistogramTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Assumes_an_even_distribution_at_first()
    {
        var counts = new CreationHistogram(Start, Start.AddHours(4), 400);

        Assert.Equal(
            [
                new CreateTimeRange(null, Start.AddHours(1)),
                new CreateTimeRange(Start.AddHours(1), Start.AddHours(2)),
                new CreateTimeRange(Start.AddHours(2), Start.AddHours(3)),
                new CreateTimeRange(Start.AddHours(3), null),
            ],
            counts.Split(4)
        );
    }

    [Fact]
    public void Counts_move_the_borders()
    {
        var counts = new CreationHistogram(Start, Start.AddHours(4), 400);
        counts.Add(counts.Split(4), [0, 0, 0, 400]);

        Assert.Equal(
            [Start.AddMinutes(195), Start.AddMinutes(210), Start.AddMinutes(225)],
            counts.Split(4).Skip(1).Select(range => range.From)
        );
    }

    [Fact]
    public void Borders_are_whole_seconds()
    {
        var apart = new CreationHistogram(Start, Start.AddMinutes(100), 3).Split(3);
        var uneven = new CreationHistogram(Start, Start.AddMinutes(100), 7).Split(7);
        var near = new CreationHistogram(Start, Start.AddSeconds(3), 2).Split(2);

        Assert.Equal(
            [857, 1714, 2571, 3428, 4285, 5142],
            uneven.Skip(1).Select(range => (range.From - Start)!.Value.TotalSeconds)
        );
        Assert.Equal([Start.AddSeconds(2000), Start.AddSeconds(4000)], apart.Skip(1).Select(range => range.From));
        Assert.Equal([Start.AddSeconds(1)], near.Skip(1).Select(range => range.From));
    }

    [Fact]
    public void Jobs_created_at_the_same_moment_are_one_range()
    {
        Assert.Equal([new CreateTimeRange(null, null)], new CreationHistogram(Start, Start, 1000).Split(8));
    }

    [Fact]
    public void Jobs_created_in_the_same_second_are_one_range()
    {
        var counts = new CreationHistogram(Start.AddSeconds(0.2), Start.AddSeconds(0.9), 1000);

        Assert.Equal([new CreateTimeRange(null, null)], counts.Split(8));
    }

    [Fact]
    public void Ranges_cover_all_time_once_and_never_exceed_the_requested_number()
    {
        Prop.ForAll(
                Cases().ToArbitrary(),
                one =>
                {
                    var (seconds, counted, wanted) = one;
                    var counts = new CreationHistogram(Start, Start.AddSeconds(seconds), counted.Sum());
                    var first = counts.Split(counted.Count);
                    counts.Add(first, counted.Take(first.Count).Select(count => (long)count));

                    var ranges = counts.Split(wanted);

                    return ranges.Count >= 1
                        && ranges.Count <= wanted
                        && ranges[0].From is null
                        && ranges[^1].Before is null
                        && ranges
                            .Zip(ranges.Skip(1), (one, next) => one.Before is not null && one.Before == next.From)
                            .All(isNext => isNext)
                        && ranges.Skip(1).SkipLast(1).All(range => range.From < range.Before);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static Gen<(int Seconds, IReadOnlyList<int> Counted, int Wanted)> Cases() =>
        from seconds in Gen.Choose(0, 5000)
        from count in Gen.Choose(1, 9)
        from counted in Gen.Choose(0, 300).ListOf(count)
        from wanted in Gen.Choose(1, 64)
        select (seconds, (IReadOnlyList<int>)[.. counted], wanted);
}
