using System;
using System.Globalization;
using System.Linq;
using Fireworks.DpoJobs.Unit.Models;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Selecting jobs by state and creation time, on the service and locally.</summary>
public sealed class JobCriteriaTests
{
    private const string Failed = "JOB_STATE_FAILED";
    private const string Running = "JOB_STATE_RUNNING";
    private const string ToCome = "JOB_STATE_HIBERNATING";

    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void Builds_no_filter_without_criteria()
    {
        Assert.Null(new JobCriteria([], null, null).ToFilter());
        Assert.Empty(new JobCriteria([], null, null).Properties);
    }

    [Fact]
    public void States_are_sent_by_their_wire_names_without_quotes()
    {
        Assert.Equal("state = JOB_STATE_FAILED", Print(new([Failed], null, null)));
        Assert.Equal(
            "state = JOB_STATE_FAILED OR state = JOB_STATE_HIBERNATING",
            Print(new([Failed, ToCome], null, null))
        );
    }

    [Fact]
    public void Times_are_half_open_ranges_in_UTC()
    {
        var inKolkata = Noon.ToOffset(TimeSpan.FromHours(5.5));

        Assert.Equal("create_time >= timestamp(\"2026-11-01T12:00:00Z\")", Print(new([], Noon, null)));
        Assert.Equal("create_time < timestamp(\"2026-11-01T12:00:01Z\")", Print(new([], null, Noon + Tick)));
        Assert.Equal("create_time >= timestamp(\"2026-11-01T12:00:00Z\")", Print(new([], Noon + Tick, null)));
        Assert.Equal("create_time >= timestamp(\"2026-11-01T12:00:00Z\")", Print(new([], inKolkata, null)));
    }

    [Fact]
    public void Sends_the_earliest_time_and_no_end_after_the_last_second()
    {
        Assert.Equal(
            "create_time >= timestamp(\"0001-01-01T00:00:00Z\")",
            Print(new([], DateTimeOffset.MinValue, DateTimeOffset.MaxValue))
        );
    }

    [Fact]
    public void Joins_all_criteria_with_the_states_in_parentheses()
    {
        Assert.Equal(
            "(state = JOB_STATE_FAILED OR state = JOB_STATE_RUNNING)"
                + " AND create_time >= timestamp(\"2026-11-01T12:00:00Z\")"
                + " AND create_time < timestamp(\"2026-11-02T12:00:00Z\")",
            Print(new([Failed, Running], Noon, Noon.AddDays(1)))
        );
        Assert.Equal(
            "state = JOB_STATE_FAILED AND create_time < timestamp(\"2026-11-01T12:00:00Z\")",
            Print(new([Failed], null, Noon))
        );
    }

    [Theory]
    [InlineData(Failed, true)]
    [InlineData(ToCome, true)]
    [InlineData(Running, false)]
    [InlineData("job_state_failed", false)]
    [InlineData(null, false)]
    public void Compares_the_wire_text_of_a_jobs_state(string? state, bool matches)
    {
        var criteria = new JobCriteria([Failed, ToCome], null, null);

        Assert.Equal(matches, criteria.Matches(new DpoJob { StateText = state }));
    }

    [Theory]
    [InlineData("JOB_STATE_DELETED", "JOB_STATE_ARCHIVED", true)]
    [InlineData("JOB_STATE_ARCHIVED", "JOB_STATE_DELETED", true)]
    [InlineData("JOB_STATE_DELETED", Failed, false)]
    [InlineData(Failed, "JOB_STATE_ARCHIVED", false)]
    public void Treats_both_states_of_deleted_jobs_alike(string selected, string state, bool matches) =>
        Assert.Equal(matches, new JobCriteria([selected], null, null).Matches(new DpoJob { StateText = state }));

    [Fact]
    public void Includes_the_start_of_the_range_and_excludes_its_end()
    {
        var criteria = new JobCriteria([], Noon, Noon.AddDays(1));

        Assert.False(criteria.Matches(Created(Noon - Tick)));
        Assert.True(criteria.Matches(Created(Noon)));
        Assert.True(criteria.Matches(Created(Noon.AddDays(1) - Tick)));
        Assert.False(criteria.Matches(Created(Noon.AddDays(1))));
    }

    [Fact]
    public void Truncated_nanoseconds_move_no_job_across_a_border()
    {
        var late = Parse.Job("""{"createTime":"2026-11-01T11:59:59.999999999Z"}""");

        Assert.False(new JobCriteria([], Noon, null).Matches(late));
        Assert.True(new JobCriteria([], null, Noon).Matches(late));
    }

    [Fact]
    public void A_job_that_lacks_the_compared_field_does_not_match()
    {
        var bare = new DpoJob();

        Assert.True(new JobCriteria([], null, null).Matches(bare));
        Assert.False(new JobCriteria([Failed], null, null).Matches(bare));
        Assert.False(new JobCriteria([], DateTimeOffset.MinValue, null).Matches(bare));
        Assert.False(new JobCriteria([], null, DateTimeOffset.MaxValue).Matches(bare));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false, "State")]
    [InlineData(false, true, false, "CreateTime")]
    [InlineData(false, false, true, "CreateTime")]
    [InlineData(true, true, true, "State", "CreateTime")]
    public void Lists_each_property_that_is_read_once(
        bool hasState,
        bool hasAfter,
        bool hasBefore,
        params string[] properties
    )
    {
        var criteria = new JobCriteria(hasState ? [Failed] : [], hasAfter ? Noon : null, hasBefore ? Noon : null);

        Assert.Equal(properties, criteria.Properties);
        Assert.All(properties, property => Assert.NotNull(JobFields.FindProperty(property)));
    }

    [Fact]
    public void The_filter_that_is_sent_includes_all_jobs_that_match_locally()
    {
        var times = Gen.Elements<DateTimeOffset?>(null, Noon - Tick, Noon, Noon + Tick, Noon.AddDays(1));
        var seconds = Gen.Elements<DateTimeOffset?>(null, Noon, Noon.AddDays(1));
        var states = Gen.Elements<string?>(null, Failed, Running, ToCome);
        var cases =
            from wanted in Gen.SubListOf(Failed, Running, ToCome)
            from after in times
            from before in times
            from state in states
            from created in times
            select (criteria: new JobCriteria([.. wanted], after, before), job: Created(created, state));

        var exactCases =
            from wanted in Gen.SubListOf(Failed, Running, ToCome)
            from after in seconds
            from before in seconds
            from state in states
            from created in times
            select (criteria: new JobCriteria([.. wanted], after, before), job: Created(created, state));

        Prop.ForAll(
                cases.ToArbitrary(),
                pair => !pair.criteria.Matches(pair.job) || Meets(pair.job, pair.criteria.ToFilter())
            )
            .QuickCheckThrowOnFailure();
        Prop.ForAll(
                exactCases.ToArbitrary(),
                pair => pair.criteria.Matches(pair.job) == Meets(pair.job, pair.criteria.ToFilter())
            )
            .QuickCheckThrowOnFailure();
    }

    // The meaning of such a filter by AIP-160.
    private static bool Meets(DpoJob job, FilterNode? filter) =>
        filter switch
        {
            null => true,
            FilterGroup group => Meets(job, group.Inner),
            FilterConjunction all => all.Parts.All(part => Meets(job, part)),
            FilterAlternative any => any.Parts.Any(part => Meets(job, part)),
            FilterRestriction { Comparator: FilterComparator.Equal, Argument: FilterMember value } => job.StateText
                == Assert.Single(value.Parts).Text,
            FilterRestriction { Comparator: FilterComparator.GreaterOrEqual, Argument: FilterFunction time } =>
                job.CreateTime >= Moment(time),
            FilterRestriction { Comparator: FilterComparator.Less, Argument: FilterFunction time } => job.CreateTime
                < Moment(time),
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };

    private static DateTimeOffset Moment(FilterFunction time) =>
        DateTimeOffset.Parse(
            Assert.IsType<FilterMember>(Assert.Single(time.Arguments)).Parts[0].Text,
            CultureInfo.InvariantCulture
        );

    private static DpoJob Created(DateTimeOffset? time, string? state = null) =>
        new() { CreateTime = time, StateText = state };

    private static string Print(JobCriteria criteria) => FilterPrinter.Print(criteria.ToFilter()!);
}
