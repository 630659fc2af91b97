using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>A listing whose page token expires continues after its last job, with a filter.</summary>
public sealed class ExpiredTokenTests
{
    private const string Expired = """{"code":3,"message":"page token has expired"}""";

    [Theory]
    [InlineData(Expired)]
    [InlineData("""{"code":9,"message":"The pageToken is no longer valid."}""")]
    [InlineData("""{"code":3,"message":"bad","details":[{"@type":"x","field":"page_token"}]}""")]
    public async Task Continues_after_the_last_job_by_name(string rejection)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("t", "a", "b"))
            .Json(rejection, HttpStatusCode.BadRequest)
            .Json(Page("u", "b", "c"))
            .Json(Page(null, "d"));

        var names = await ReadAsync(test, null, "state = FAILED");

        Assert.Equal(["a", "b", "c", "d"], names);
        Assert.Equal(
            [
                "?pageSize=200&filter=state%20%3D%20FAILED",
                "?pageSize=200&filter=state%20%3D%20FAILED&pageToken=t",
                "?pageSize=200&filter=%28state%20%3D%20FAILED%29%20AND%20name%20%3E%3D%20%22b%22",
                "?pageSize=200&filter=%28state%20%3D%20FAILED%29%20AND%20name%20%3E%3D%20%22b%22&pageToken=u",
            ],
            test.Transport.Requests.Select(request => new Uri(request.Uri).Query)
        );
        Assert.Contains("The page token has expired. Continuing after the last job with a filter.", test.Log.Lines);
        Assert.Empty(test.Log.Warnings);
    }

    [Theory]
    [InlineData("name desc", "name <= \"b\"")]
    [InlineData("create_time", "create_time >= timestamp(\"2026-01-01T00:00:01Z\")")]
    [InlineData("create_time desc", "create_time < timestamp(\"2026-01-01T00:00:01Z\")")]
    public async Task Continues_in_every_order_that_has_a_filter_for_the_rest(string order, string filter)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("t", "b")).Json(Expired, HttpStatusCode.BadRequest).Json(Page(null, "b"));

        Assert.Equal(["b"], await ReadAsync(test, order));

        // Seconds are widened, so only the start of the condition is compared.
        Assert.StartsWith(
            filter.Split('(')[0],
            Uri.UnescapeDataString(test.Transport.Requests.Last().Uri).Split("filter=")[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Continues_again_when_the_next_token_expires_too()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("t", "a"))
            .Json(Expired, HttpStatusCode.BadRequest)
            .Json(Page("u", "a", "b"))
            .Json(Expired, HttpStatusCode.BadRequest)
            .Json(Page(null, "b", "c"));

        Assert.Equal(["a", "b", "c"], await ReadAsync(test));
    }

    [Fact]
    public async Task Ends_when_a_token_expires_before_it_leads_to_another_job()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("t", "a"))
            .Json(Expired, HttpStatusCode.BadRequest)
            .Json(Page("u", "a"))
            .Json(Expired, HttpStatusCode.BadRequest);

        await AssertFailsAsync<FwApiException>(test, "page token has expired", "a");
    }

    [Fact]
    public async Task Ends_with_the_rejection_when_the_service_rejects_the_filter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("t", "a"))
            .Json(Expired, HttpStatusCode.BadRequest)
            .Json("""{"code":3,"message":"name is not filterable"}""", HttpStatusCode.BadRequest);

        await AssertFailsAsync<FwApiException>(test, "page token has expired", "a");
    }

    [Theory]
    [InlineData("""{"dpoJobs":[],"nextPageToken":""}""")]
    [InlineData("""{"dpoJobs":[{"name":"a"},{"name":"b"}],"nextPageToken":"t"}""")]
    public async Task Ends_with_an_error_when_the_service_ignores_the_filter_or_finds_nothing(string rest)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("t", "a", "b")).Json(Expired, HttpStatusCode.BadRequest).Json(rest);

        await AssertFailsAsync<FwResponseException>(test, "does not return the rest of the listing", "a", "b");
    }

    [Fact]
    public async Task Another_rejection_ends_the_listing_at_its_token()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Page("t", "a")).Json("""{"code":3,"message":"bad"}""", HttpStatusCode.BadRequest);
        var pager = CreatePager(test);
        await pager.ReadPageAsync();

        await Assert.ThrowsAsync<FwApiException>(pager.ReadPageAsync);

        Assert.Equal("t", pager.ResumePoint?.PageToken);
        Assert.False(pager.IsTokenRejected);
    }

    private static async Task AssertFailsAsync<T>(ClientUnderTest test, string message, params string[] written)
        where T : FwException
    {
        var pager = CreatePager(test);
        var names = new List<string?>();

        var exception = await Assert.ThrowsAsync<T>(async () =>
        {
            while (pager.HasMore)
            {
                names.AddRange((await pager.ReadPageAsync()).Jobs.Select(job => job.Name));
            }
        });

        Assert.Equal(written, names);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        // The error does not suggest the expired token.
        Assert.True(pager.IsTokenRejected);
        Assert.Null(pager.ResumePoint);
    }

    private static async Task<List<string?>> ReadAsync(
        ClientUnderTest test,
        string? order = null,
        string? filter = null
    )
    {
        var pager = CreatePager(test, order, filter);
        var names = new List<string?>();
        while (pager.HasMore)
        {
            names.AddRange((await pager.ReadPageAsync()).Jobs.Select(job => job.Name));
        }
        return names;
    }

    private static IDpoJobPager CreatePager(ClientUnderTest test, string? order = null, string? filter = null)
    {
        var options = new ListingOptions(new JobSelection(new JobCriteria([], null, null), filter))
        {
            All = true,
            OrderBy = order,
        };
        return new DpoJobListing(
            test.Client,
            "acme",
            ListingPlan.Create(options),
            new FilterSupport(),
            test.Log,
            TestContext.Current.CancellationToken
        ).CreatePager();
    }

    private static string Page(string? token, params string[] names)
    {
        var jobs = names.Select(name =>
            $$"""{"name":"{{name}}","state":"FAILED","createTime":"2026-01-01T00:00:01Z"}"""
        );
        return $$"""{"dpoJobs":[{{string.Join(",", jobs)}}],"nextPageToken":"{{token}}"}""";
    }
}
