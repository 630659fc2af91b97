using System;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Generated filters by time.</summary>
public sealed class TimeFilterTests
{
    private const long Microsecond = TimeSpan.TicksPerSecond / 1_000_000;

    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_generated_time_filter_contains_only_whole_seconds()
    {
        Prop.ForAll(
                Cases().ToArbitrary(),
                one =>
                    TimeFilter.Compare("create_time", one.Comparator, one.Bound) is not { } filter
                    || !FilterPrinter.Print(filter).Contains('.')
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Microsecond)]
    [InlineData(1000 * Microsecond)]
    [InlineData(TimeSpan.TicksPerSecond)]
    public void Includes_every_match_on_a_service_that_rounds_or_truncates_times(long precision)
    {
        Prop.ForAll(
                Cases().ToArbitrary(),
                one =>
                {
                    var stored = Noon.AddTicks(one.Job - (one.Job % precision));
                    var filter = TimeFilter.Compare("create_time", one.Comparator, one.Bound);
                    return !Holds(one.Comparator, stored, one.Bound)
                        || filter is null
                        || (
                            Meets(filter, stored, literal => literal - (literal % precision))
                            && Meets(filter, stored, literal => (literal + (precision / 2)) / precision * precision)
                        );
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Has_no_upper_bound_after_the_last_second()
    {
        Assert.Null(TimeFilter.Compare("create_time", FilterComparator.Less, DateTimeOffset.MaxValue));
        Assert.Null(TimeFilter.Compare("create_time", FilterComparator.LessOrEqual, DateTimeOffset.MaxValue));
        Assert.NotNull(TimeFilter.Compare("create_time", FilterComparator.Equal, DateTimeOffset.MaxValue));
        Assert.Null(TimeFilter.Compare("create_time", FilterComparator.NotEqual, Noon));
    }

    private static Gen<(FilterComparator Comparator, DateTimeOffset Bound, long Job)> Cases() =>
        from comparator in Gen.Elements(
            FilterComparator.Equal,
            FilterComparator.Less,
            FilterComparator.LessOrEqual,
            FilterComparator.Greater,
            FilterComparator.GreaterOrEqual
        )
        from bound in Ticks()
        from job in Gen.OneOf(Ticks(), Gen.Constant(bound))
        select (comparator, Noon.AddTicks(bound), job);

    private static Gen<long> Ticks() =>
        from second in Gen.Choose(0, 2)
        from rest in Gen.Elements(0, 1, 5, 9, 10, 15, 4_999_999, 5_000_000, 9_999_995, 9_999_999)
        select (second * TimeSpan.TicksPerSecond) + rest;

    private static bool Meets(FilterNode filter, DateTimeOffset stored, Func<long, long> store) =>
        filter switch
        {
            FilterConjunction all => all.Parts.All(part => Meets(part, stored, store)),
            FilterRestriction { Comparator: { } comparator, Argument: FilterFunction time } => Holds(
                comparator,
                stored,
                new DateTimeOffset(store(Moment(time)), TimeSpan.Zero)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };

    private static bool Holds(FilterComparator comparator, DateTimeOffset left, DateTimeOffset right) =>
        comparator switch
        {
            FilterComparator.Equal => left == right,
            FilterComparator.Less => left < right,
            FilterComparator.LessOrEqual => left <= right,
            FilterComparator.Greater => left > right,
            _ => left >= right,
        };

    private static long Moment(FilterFunction time) =>
        DateTimeOffset
            .Parse(
                Assert.IsType<FilterMember>(Assert.Single(time.Arguments)).Parts[0].Text,
                CultureInfo.InvariantCulture
            )
            .UtcTicks;
}
