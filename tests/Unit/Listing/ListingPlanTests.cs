using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>The decisions that follow from the parameters of a listing.</summary>
public sealed class ListingPlanTests
{
    private static readonly FilterTranslation Block = new(
        null,
        [new LocalCondition("a", "b")],
        ["DisplayName"],
        false,
        []
    );
    private static readonly JobSelection Everything = new(new JobCriteria([], null, null));
    private static readonly JobSelection Filtered = new(new JobCriteria(["FAILED"], null, null));
    private static readonly JobSelection Malformed = new(new JobCriteria(["FAILED"], null, null), "a = (");
    private static readonly JobSelection Checked = new(new JobCriteria([], null, null), null, Block);
    private static readonly JobSelection Pushed = new(
        new JobCriteria([], null, null),
        null,
        Block with
        {
            LocalConditions = [],
        }
    );

    [Theory]
    [InlineData(false, null, null, null)]
    [InlineData(false, null, 7, 7)]
    [InlineData(true, null, null, 200)]
    [InlineData(true, null, 7, 7)]
    [InlineData(false, 3, null, 3)]
    [InlineData(false, 200, null, 200)]
    [InlineData(false, 201, null, 200)]
    [InlineData(false, 3, 7, 3)]
    [InlineData(false, 9, 7, 7)]
    public void Requests_full_pages_unless_one_page_has_all_jobs(bool all, int? first, int? pageSize, int? planned)
    {
        var options = new ListingOptions(Filtered)
        {
            All = all,
            First = first,
            PageSize = pageSize,
        };

        Assert.Equal(planned, ListingPlan.Create(options).PageSize);
    }

    [Fact]
    public void Requests_full_pages_when_jobs_are_filtered_locally()
    {
        Assert.Equal(200, Plan(Checked, first: 3).PageSize);
        Assert.Equal(200, Plan(Malformed, first: 3).PageSize);
        Assert.Equal(3, Plan(Pushed, first: 3).PageSize);
        Assert.Equal(200, Plan(Pushed, first: 3).FullPageSize);
    }

    [Fact]
    public void Reads_ahead_unless_the_script_block_may_accept_all_jobs_of_the_only_page()
    {
        Assert.True(Plan(Everything, first: 3).ReadsAhead);
        Assert.True(Plan(Checked, first: 3).ReadsAhead);
        Assert.False(Plan(Pushed, first: 3).ReadsAhead);
        Assert.True(Plan(Pushed, first: 201).ReadsAhead);
    }

    [Theory]
    [InlineData(true, null, null, null, 8, true)]
    [InlineData(true, null, "create_time desc", null, 8, true)]
    [InlineData(true, null, null, null, 1, false)]
    [InlineData(true, null, null, "t", 8, false)]
    [InlineData(true, null, "state", null, 8, false)]
    [InlineData(false, null, null, null, 8, false)]
    [InlineData(false, 201, "name desc", null, 8, true)]
    [InlineData(false, 200, "name desc", null, 8, false)]
    [InlineData(false, 1000, "create_time", null, 8, true)]
    public void Reads_listings_of_several_pages_by_name_or_creation_time_in_parallel(
        bool all,
        int? first,
        string? orderBy,
        string? pageToken,
        int throttleLimit,
        bool isParallel
    )
    {
        var options = new ListingOptions(Everything)
        {
            All = all,
            First = first,
            OrderBy = orderBy,
            PageToken = pageToken,
            ThrottleLimit = throttleLimit,
        };

        Assert.Equal(isParallel ? ListingOrder.Parse(orderBy) : null, ListingPlan.Create(options).ParallelOrder);
    }

    [Fact]
    public void Reads_the_first_jobs_that_pass_a_script_block_sequentially()
    {
        var options = new ListingOptions(Pushed) { First = 1000, ThrottleLimit = 8 };

        Assert.Null(ListingPlan.Create(options).ParallelOrder);
        Assert.NotNull(ListingPlan.Create(options with { Selection = Everything }).ParallelOrder);
    }

    [Theory]
    [InlineData(null, 1, null)]
    [InlineData("*", 1, "*")]
    [InlineData("dataset", 1, "dataset,display_name")]
    [InlineData("dataset", 8, "dataset,display_name,name,create_time")]
    public void Requests_the_fields_that_are_read_locally_too(string? readMask, int throttleLimit, string? planned)
    {
        var options = new ListingOptions(Checked)
        {
            All = true,
            ReadMask = readMask,
            ThrottleLimit = throttleLimit,
        };

        Assert.Equal(planned, ListingPlan.Create(options).ReadMask);
    }

    [Fact]
    public void Requests_all_fields_when_the_script_block_may_read_any()
    {
        var selection = new JobSelection(Everything.Criteria, null, Block with { ReadsAnyField = true });

        Assert.Equal("*", ListingPlan.Create(new ListingOptions(selection) { ReadMask = "dataset" }).ReadMask);
    }

    private static ListingPlan Plan(JobSelection selection, int first) =>
        ListingPlan.Create(new ListingOptions(selection) { First = first });
}
