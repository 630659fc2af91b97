using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Lifecycle;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Commands;

/// <summary>The progress of a listing: when it is shown, and its text.</summary>
public sealed class ListingProgressTests : IDisposable
{
    private static readonly JobSelection AllJobs = new(new JobCriteria([], null, null));

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly SteppingClock _clock = new();
    private readonly List<ProgressRecord> _records = [];

    public ListingProgressTests() => CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Fact]
    public async Task Shows_nothing_for_a_listing_that_takes_less_than_a_second()
    {
        var progress = Create();
        progress.Update(200, 20_000);
        await Advance(999);
        progress.Update(4200, 20_000);
        progress.Clear();

        Assert.Empty(_records);
    }

    [Fact]
    public async Task Shows_nothing_before_the_first_page()
    {
        var progress = Create();
        await Advance(5000);
        progress.Update();
        progress.Clear();

        Assert.Empty(_records);
    }

    [Fact]
    public async Task Shows_the_count_after_a_second_also_while_a_page_is_awaited()
    {
        var progress = Create();
        progress.Update(4200, 20_000);
        await Advance(1000);
        progress.Update();

        var record = Assert.Single(_records);
        Assert.Equal(("Listing DPO jobs", "4,200 of 20,000 jobs", 21), Describe(record));
        Assert.Equal(ProgressRecordType.Processing, record.RecordType);
    }

    [Fact]
    public async Task Updates_the_progress_at_most_five_times_a_second()
    {
        var progress = Create();
        await Advance(1000);
        for (var received = 1; received <= 1000; received++)
        {
            progress.Update(received, 1000);
            await Advance(1);
        }

        Assert.Equal(
            ["1 of 1,000 jobs", "201 of 1,000 jobs", "401 of 1,000 jobs", "601 of 1,000 jobs", "801 of 1,000 jobs"],
            _records.Select(record => record.StatusDescription)
        );
    }

    [Fact]
    public async Task The_progress_is_removed_at_the_end()
    {
        var progress = Create();
        await Advance(1000);
        progress.Update(10, 20);
        progress.Clear();

        Assert.Equal(2, _records.Count);
        Assert.Equal(ProgressRecordType.Completed, _records[1].RecordType);
        Assert.Equal(_records[0].ActivityId, _records[1].ActivityId);
    }

    [Theory]
    [InlineData(null, null, null, "400 jobs", -1)]
    [InlineData(300L, null, null, "400 jobs", -1)]
    [InlineData(0L, null, null, "400 jobs", -1)]
    [InlineData(long.MaxValue, null, null, "400 of 9,223,372,036,854,775,807 jobs", 0)]
    [InlineData(5000L, 1000, null, "400 of 1,000 jobs", 40)]
    [InlineData(500L, 1000, null, "400 of 500 jobs", 80)]
    [InlineData(5000L, null, "t", "400 jobs", -1)]
    public async Task Shows_the_total_where_it_is_known(
        long? total,
        int? first,
        string? token,
        string status,
        int percent
    )
    {
        var progress = Create(new ListingOptions(AllJobs) { First = first, PageToken = token });
        await Advance(1000);
        progress.Update(400, total);

        Assert.Equal(("Listing DPO jobs", status, percent), Describe(Assert.Single(_records)));
    }

    [Fact]
    public async Task Counts_all_jobs_when_some_of_them_are_removed_locally()
    {
        var archived = new JobSelection(new JobCriteria(["JOB_STATE_ARCHIVED"], null, null));
        var progress = Create(new ListingOptions(archived) { First = 1000 });
        await Advance(1000);
        progress.Update(400, 5000);

        Assert.Equal("400 of 5,000 jobs", Assert.Single(_records).StatusDescription);
    }

    private static (string Activity, string Status, int Percent) Describe(ProgressRecord record) =>
        (record.Activity, record.StatusDescription, record.PercentComplete);

    private ListingProgress Create(ListingOptions? options = null) =>
        new(_records.Add, _clock, options ?? new ListingOptions(AllJobs) { All = true });

    private Task Advance(int milliseconds) =>
        _clock.DelayAsync(TimeSpan.FromMilliseconds(milliseconds), TestContext.Current.CancellationToken);
}
