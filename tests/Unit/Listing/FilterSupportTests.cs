using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Listings of services that reject, ignore or do not understand generated filters.</summary>
public sealed class FilterSupportTests
{
    private const string Rejection = """{"code":3,"message":"invalid filter"}""";
    private const string Failed = """{"name":"a","state":"JOB_STATE_FAILED","createTime":"2026-11-01T00:00:00Z"}""";
    private const string Running = """{"name":"b","state":"JOB_STATE_RUNNING","createTime":"2026-11-01T00:00:00Z"}""";
    private const string Bare = "state = JOB_STATE_FAILED";
    private const string Quoted = "state = \"JOB_STATE_FAILED\"";

    private static readonly JobCriteria Criteria = new(["JOB_STATE_FAILED"], null, null);

    private static readonly FilterNode Method = FilterBuilder.Compare(
        "loss_config.method",
        FilterComparator.Equal,
        FilterBuilder.Name("DPO")
    );

    private readonly FilterSupport _support = new();

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotImplemented)]
    public async Task Quotes_enum_values_after_a_rejection_and_in_all_later_listings(HttpStatusCode status)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, status).Json(Page(Failed)).Json(Page(Failed));

        var first = await ListAsync(test);
        var second = await ListAsync(test);

        Assert.Equal([Bare, Quoted, Quoted], Filters(test));
        Assert.Equal(["a", "a"], first.Concat(second));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Omits_only_the_more_doubtful_condition_that_the_service_rejects()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Page(Failed))
            .Json(Page(Failed));

        await ListAsync(test, Method);
        await ListAsync(test, Method);

        Assert.Equal(
            [$"{Bare} AND loss_config.method = DPO", $"{Quoted} AND loss_config.method = \"DPO\"", Bare, Bare],
            Filters(test)
        );
        Assert.Contains("Filter: loss_config.method = DPO.", Assert.Single(test.Log.Warnings));
    }

    [Fact]
    public async Task Remembers_nothing_about_another_field_or_state()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Page(Failed))
            .Json(Page(Failed));

        await ListAsync(test, null, new JobCriteria(["JOB_STATE_NEW"], null, null));
        await ListAsync(test);

        Assert.Equal(["state = JOB_STATE_NEW", "state = \"JOB_STATE_NEW\"", null, Bare], Filters(test));
        Assert.Single(test.Log.Warnings);
    }

    [Fact]
    public async Task Reads_full_pages_without_the_filter_once_a_job_does_not_match_it()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page(Running, "t")).Json(Page(Running + "," + Failed)).Json(Page(Running + "," + Failed));

        var first = await ListAsync(test, first: 1);
        var second = await ListAsync(test, first: 1);

        Assert.Equal(["a", "a"], first.Concat(second));
        Assert.Equal([Bare, null, null], Filters(test));
        Assert.Equal(["1", "200", "200"], Parameters(test, "pageSize"));
        Assert.Contains($"ignores the filter generated from the parameters", Assert.Single(test.Log.Warnings));
    }

    [Fact]
    public async Task Continues_a_listing_of_full_pages_when_the_service_ignores_the_filter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page(Running, "t")).Json(Page(Failed));

        Assert.Equal(["a"], await ListAsync(test));

        Assert.Equal([Bare, Bare], Filters(test));
        Assert.Equal([null, "t"], Parameters(test, "pageToken"));
        Assert.Single(test.Log.Warnings);
    }

    [Fact]
    public async Task Reads_full_pages_when_the_widened_filter_includes_jobs_that_do_not_match()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page(Failed, "t"))
            .Json(Page(Failed + "," + Failed.Replace("\"a\"", "\"c\"").Replace("00Z", "00.7Z")));
        var after = new DateTimeOffset(2026, 11, 1, 0, 0, 0, 500, TimeSpan.Zero);

        Assert.Equal(["c"], await ListAsync(test, null, new JobCriteria([], after, null), first: 1));

        Assert.Equal(["1", "200"], Parameters(test, "pageSize"));
        Assert.Single(Filters(test).Distinct());
        Assert.Empty(test.Log.Warnings);
    }

    [Theory]
    [InlineData("state = JOB_STATE_FAILED")]
    [InlineData("NOT state != \"JOB_STATE_FAILED\"")]
    [InlineData("create_time > timestamp(\"2026-01-01T00:00:00Z\") AND (state = JOB_STATE_FAILED)")]
    public async Task Removes_jobs_that_do_not_match_the_user_filter_with_one_warning(string userFilter)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page(Running + "," + Failed, "t")).Json(Page(Running.Replace("\"b\"", "\"c\"")));

        Assert.Equal(["a"], await ListAsync(test, null, new JobCriteria([], null, null), userFilter: userFilter));

        Assert.Contains("do not match -Filter", Assert.Single(test.Log.Warnings));
    }

    [Theory]
    [InlineData("state = FAILED")]
    [InlineData("state = JOB_STATE_*")]
    [InlineData("name = \"*x*\"")]
    [InlineData("failed")]
    [InlineData("state:JOB_STATE_FAILED")]
    [InlineData("training_config.epochs = 7")]
    [InlineData("create_time > timestamp(\"2026-11-01T00:00:01Z\")")]
    [InlineData("state = JOB_STATE_FAILED AND name = \"a\" OR name = \"b\"")]
    public async Task Removes_no_job_when_it_is_uncertain_how_the_service_reads_the_user_filter(string userFilter)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page(Running));

        Assert.Equal(["b"], await ListAsync(test, null, new JobCriteria([], null, null), userFilter: userFilter));

        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Verifies_an_empty_result_once_with_two_requests_for_one_job()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("")).Json(Page(Running)).Json(Page(Running)).Json(Page(""));

        Assert.Empty(await ListAsync(test));
        Assert.Empty(await ListAsync(test));

        Assert.Equal(
            [
                Bare,
                null,
                "name = \"b\" AND state = JOB_STATE_RUNNING AND create_time >= timestamp(\"2026-11-01T00:00:00Z\")"
                    + " AND create_time < timestamp(\"2026-11-01T00:00:01Z\")",
                Bare,
            ],
            Filters(test)
        );
        Assert.Equal([null, "1", "1", null], Parameters(test, "pageSize").Select(size => size == "200" ? null : size));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Lists_without_the_filter_when_the_service_does_not_find_an_existing_job()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page(""))
            .Json(Page(Running))
            .Json(Page(""))
            .Json(Page(""))
            .Json(Page(Running + "," + Failed))
            .Json(Page(Running + "," + Failed));

        Assert.Equal(["a"], await ListAsync(test));
        Assert.Equal(["a"], await ListAsync(test));

        Assert.Equal([null, null], Filters(test).Skip(4));
        Assert.Contains("does not find existing jobs", Assert.Single(test.Log.Warnings));
    }

    [Fact]
    public async Task Lists_again_with_quotes_when_only_quoted_enum_values_are_understood()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page(""))
            .Json(Page(Running))
            .Json(Page(""))
            .Json(Page(Running))
            .Json(Page(Failed))
            .Json(Page(Failed));

        Assert.Equal(["a"], await ListAsync(test));
        Assert.Equal(["a"], await ListAsync(test));

        Assert.Equal([Quoted, Quoted], Filters(test).Skip(4));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Verifies_the_fields_of_the_filter_too()
    {
        using var test = new ClientUnderTest();
        var epochs = FilterBuilder.Compare(
            "training_config.epochs",
            FilterComparator.Greater,
            FilterBuilder.Number(5L)
        );
        var job = """{"name":"b","trainingConfig":{"epochs":2}}""";
        test.Transport.Json(Page("")).Json(Page(Failed + "," + job)).Json(Page("")).Json(Page(job)).Json(Page(job));

        Assert.Equal(["b"], await ListAsync(test, epochs, new JobCriteria([], null, null)));

        Assert.Equal(
            ["training_config.epochs > 5", null, "name = \"b\" AND training_config.epochs = 2", "name = \"b\"", null],
            Filters(test)
        );
        Assert.Equal("name,state,create_time,training_config.epochs", Parameters(test, "readMask").ElementAt(1));
        Assert.Contains("Filter: training_config.epochs > 5.", Assert.Single(test.Log.Warnings));
    }

    [Fact]
    public async Task Keeps_the_conditions_that_are_understood_when_another_is_not()
    {
        using var test = new ClientUnderTest();
        var epochs = FilterBuilder.Compare(
            "training_config.epochs",
            FilterComparator.Greater,
            FilterBuilder.Number(5L)
        );
        var job = """{"name":"b","state":"JOB_STATE_FAILED","trainingConfig":{"epochs":2}}""";
        test.Transport.Json(Page("")).Json(Page(job));
        test.Transport.Json(Page("")).Json(Page("")).Json(Page(job)).Json(Page(job));

        Assert.Equal(["b"], await ListAsync(test, epochs));

        Assert.Equal(Bare, Filters(test).Last());
        Assert.Contains("Filter: training_config.epochs > 5.", Assert.Single(test.Log.Warnings));
    }

    [Fact]
    public async Task Omits_a_condition_that_cannot_be_verified_because_no_job_has_the_field()
    {
        using var test = new ClientUnderTest();
        var epochs = FilterBuilder.Compare(
            "training_config.epochs",
            FilterComparator.Greater,
            FilterBuilder.Number(5L)
        );
        test.Transport.Json(Page("")).Json(Page(Failed)).Json(Page(Failed)).Json(Page(Failed)).Json(Page(Failed));

        Assert.Equal(["a"], await ListAsync(test, epochs));
        Assert.Equal(["a"], await ListAsync(test, epochs));

        Assert.Equal([Bare, Bare], Filters(test).Skip(3));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Verifies_fields_that_no_job_has_together_with_one_job_each()
    {
        using var test = new ClientUnderTest();
        var fields = FilterBuilder.All([
            FilterBuilder.Compare("training_config.epochs", FilterComparator.Greater, FilterBuilder.Number(5L)),
            FilterBuilder.Compare("training_config.lora_rank", FilterComparator.Greater, FilterBuilder.Number(5L)),
        ]);
        var jobs = new[]
        {
            """{"name":"b","trainingConfig":{"epochs":2}}""",
            """{"name":"c","trainingConfig":{"loraRank":3}}""",
        };
        test.Transport.Json(Page("")).Json(Page(string.Join(",", jobs))).Json(Page(jobs[0])).Json(Page(jobs[1]));
        test.Transport.Json(Page(""));

        Assert.Empty(await ListAsync(test, fields, new JobCriteria([], null, null)));
        Assert.Empty(await ListAsync(test, fields, new JobCriteria([], null, null)));

        var filter = "training_config.epochs > 5 AND training_config.lora_rank > 5";
        var probes = new[]
        {
            "name = \"b\" AND training_config.epochs = 2",
            "name = \"c\" AND training_config.lora_rank = 3",
        };
        Assert.Equal([filter, null, .. probes, filter], Filters(test));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Does_not_verify_the_empty_result_of_an_empty_account()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("")).Json(Page(""));

        Assert.Empty(await ListAsync(test));

        Assert.Equal([Bare, null], Filters(test));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Verifies_a_result_with_jobs_when_they_may_match_by_another_field()
    {
        using var test = new ClientUnderTest();
        var either = FilterBuilder.Any([
            StateFilter.AnyOf(["JOB_STATE_FAILED"])!,
            FilterBuilder.Compare("training_config.epochs", FilterComparator.Greater, FilterBuilder.Number(5L)),
        ]);
        var job = """{"name":"b","state":"JOB_STATE_RUNNING","trainingConfig":{"epochs":7}}""";
        test.Transport.Json(Page(job)).Json(Page(job)).Json(Page("")).Json(Page(job));
        test.Transport.Json(Page(job + "," + Failed)).Json(Page(job + "," + Failed));

        Assert.Equal(["b", "a"], await ListAsync(test, either, new JobCriteria([], null, null)));
        Assert.Equal(["b", "a"], await ListAsync(test, either, new JobCriteria([], null, null)));

        var quoted = "state = \"JOB_STATE_FAILED\" OR training_config.epochs > 5";
        Assert.Equal([quoted, quoted], Filters(test).Skip(4));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Keeps_a_verified_field_when_an_alternative_to_it_is_not_understood()
    {
        using var test = new ClientUnderTest();
        var either = FilterBuilder.Any([
            StateFilter.AnyOf(["JOB_STATE_FAILED"])!,
            FilterBuilder.Compare("training_config.epochs", FilterComparator.Greater, FilterBuilder.Number(5L)),
        ]);
        var job = """{"name":"b","state":"JOB_STATE_RUNNING","trainingConfig":{"epochs":7}}""";
        test.Transport.Json(Page(Failed)).Json(Page(job)).Json(Page("")).Json(Page("")).Json(Page(job));
        test.Transport.Json(Page(job + "," + Failed)).Json(Page(Failed));

        Assert.Equal(["b", "a"], await ListAsync(test, either, new JobCriteria([], null, null)));
        Assert.Equal(["a"], await ListAsync(test));

        Assert.Equal([null, Bare], Filters(test).Skip(5));
        Assert.Single(test.Log.Warnings);
    }

    [Theory]
    [InlineData("state = JOB_STATE_FAILED", "state = JOB_STATE_RUNNING")]
    [InlineData("NOT state != \"JOB_STATE_FAILED\"", "state = \"JOB_STATE_RUNNING\"")]
    [InlineData("name = \"accounts/acme/dpoJobs/x\"", "name = \"b\"")]
    [InlineData(
        "create_time > timestamp(\"2027-01-01T00:00:00Z\")",
        "create_time >= timestamp(\"2026-11-01T00:00:00Z\") AND create_time < timestamp(\"2026-11-01T00:00:01Z\")"
    )]
    [InlineData(
        "create_time > \"2027-01-01T00:00:00Z\" AND training_config.epochs > 1",
        "create_time >= \"2026-11-01T00:00:00Z\" AND create_time < \"2026-11-01T00:00:01Z\""
    )]
    public async Task Verifies_an_empty_result_of_a_user_filter_once(string userFilter, string probe)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("")).Json(Page(Running)).Json(Page(Running)).Json(Page(""));

        Assert.Empty(await ListAsync(test, null, new JobCriteria([], null, null), userFilter));
        Assert.Empty(await ListAsync(test, null, new JobCriteria([], null, null), userFilter));

        Assert.Equal([userFilter, null, probe, userFilter], Filters(test));
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Verifies_a_user_filter_whose_jobs_may_match_by_another_field()
    {
        using var test = new ClientUnderTest();
        const string UserFilter = "state = JOB_STATE_FAILED OR display_name = \"x\"";
        test.Transport.Json(Page(Running)).Json(Page(Running)).Json(Page("")).Json(Page(""));

        Assert.Equal(["b"], await ListAsync(test, null, new JobCriteria([], null, null), UserFilter));

        Assert.Contains($"Condition: {Bare}. Use -State", Assert.Single(test.Log.Warnings));
    }

    [Fact]
    public async Task Warns_about_each_result_of_a_user_filter_that_is_not_understood_but_probes_once()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("")).Json(Page(Running)).Json(Page("")).Json(Page(Running)).Json(Page(""));

        Assert.Empty(await ListAsync(test, null, new JobCriteria([], null, null), Bare));
        Assert.Empty(await ListAsync(test, null, new JobCriteria([], null, null), Bare));

        Assert.Equal([Bare, null, "state = JOB_STATE_RUNNING", "state = \"JOB_STATE_RUNNING\"", Bare], Filters(test));
        Assert.Equal(2, test.Log.Warnings.Count);
        Assert.All(
            test.Log.Warnings,
            warning => Assert.Contains($"Condition: {Bare}. It finds jobs with this spelling: {Quoted}.", warning)
        );
    }

    [Fact]
    public async Task Does_not_warn_when_the_service_rejects_the_probe_of_a_user_filter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("")).Json(Page(Running)).Json(Rejection, HttpStatusCode.BadRequest);

        Assert.Empty(await ListAsync(test, null, new JobCriteria([], null, null), Bare));

        Assert.Empty(test.Log.Warnings);
    }

    [Theory]
    [InlineData("state = FAILED")]
    [InlineData("state:JOB_STATE_FAILED")]
    [InlineData("name = \"*x*\"")]
    [InlineData("failed")]
    [InlineData("training_config.epochs = 7")]
    [InlineData("createTime > timestamp(\"2027-01-01T00:00:00Z\")")]
    [InlineData("create_time > timestamp(\"soon\")")]
    public async Task Does_not_verify_a_user_filter_that_the_module_cannot_evaluate(string userFilter)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("")).Json(Page(""));

        Assert.Empty(await ListAsync(test, null, new JobCriteria([], null, null), userFilter));
        Assert.Empty(await ListAsync(test, null, new JobCriteria([], null, null)));

        Assert.Equal(2, test.Transport.Requests.Count);
    }

    private static string Page(string jobs, string token = "") =>
        "{\"dpoJobs\":[" + jobs + "],\"nextPageToken\":\"" + token + "\"}";

    private static IEnumerable<string?> Filters(ClientUnderTest test) => Parameters(test, "filter");

    private static IEnumerable<string?> Parameters(ClientUnderTest test, string name) =>
        test.Transport.Requests.Select(request =>
            new Uri(request.Uri)
                .Query.TrimStart('?')
                .Split('&')
                .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
                .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..]))
                .FirstOrDefault()
        );

    // The names of all jobs of a listing with -All, or with -First.
    private async Task<IReadOnlyList<string?>> ListAsync(
        ClientUnderTest test,
        FilterNode? block = null,
        JobCriteria? criteria = null,
        string? userFilter = null,
        int? first = null
    )
    {
        var translation = block is null ? null : new FilterTranslation(block, [], [], false, []);
        var selection = new JobSelection(criteria ?? Criteria, userFilter, translation);
        var listing = new DpoJobListing(
            test.Client,
            "acme",
            ListingPlan.Create(new ListingOptions(selection) { All = first is null, First = first }),
            _support,
            test.Log,
            TestContext.Current.CancellationToken
        );
        var pager = listing.CreatePager();
        var names = new List<string?>();
        while (pager.HasMore)
        {
            names.AddRange((await pager.ReadPageAsync()).Jobs.Select(job => job.Name));
        }
        return names;
    }
}
