using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>The requests of a listing, and what happens when the service rejects the generated filter.</summary>
public sealed class DpoJobListingTests
{
    private const string Address = "https://api.fireworks.ai/v1/accounts/acme/dpoJobs";
    private const string Rejection = """{"code":3,"message":"invalid filter"}""";
    private const string First = """{"dpoJobs":[{"name":"a","state":"FAILED"}],"nextPageToken":"t"}""";
    private const string Last = """{"dpoJobs":[{"name":"b","state":"FAILED"}]}""";

    private static readonly FilterNode Generated = StateFilter.AnyOf(["FAILED"])!;

    [Fact]
    public async Task Sends_an_accepted_filter_with_every_page()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(First).Json(Last);
        var listing = Create(test, "a b", Generated, pageSize: 5, fullPageSize: 200);

        await listing.FetchAsync(null);
        await listing.FetchAsync("t");

        AssertSent(
            test,
            "?pageSize=5&filter=%28a%20b%29%20AND%20state%20%3D%20FAILED",
            "?pageSize=5&filter=%28a%20b%29%20AND%20state%20%3D%20FAILED&pageToken=t"
        );
        Assert.Empty(test.Log.Warnings);
        Assert.False(listing.IsFilterRejected);
        Assert.Equal(5, listing.PageSize);
        Assert.Equal("(a b) AND state = FAILED", listing.Filter);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("a b", "&filter=a%20b")]
    public async Task Omits_a_rejected_generated_filter_from_this_and_all_later_pages(string? userFilter, string sent)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Rejection, HttpStatusCode.BadRequest)
            .Json(First)
            .Json(Last);
        var listing = Create(test, userFilter, Generated, pageSize: 5, fullPageSize: 200);

        var first = await listing.FetchAsync(null);
        var last = await listing.FetchAsync("t");

        Assert.Equal(["a", "b"], first.Jobs.Concat(last.Jobs).Select(job => job.Name));
        Assert.Equal(
            [$"{Address}?pageSize=200{sent}", $"{Address}?pageSize=200{sent}&pageToken=t"],
            test.Transport.Requests.Skip(2).Select(request => request.Uri)
        );
        Assert.True(listing.IsFilterRejected);
        Assert.Equal(200, listing.PageSize);
        Assert.Equal(userFilter, listing.Filter);
        Assert.Equal($"GET {Address}?pageSize=200{sent}&pageToken=t", listing.Describe("t"));
    }

    [Fact]
    public async Task Without_the_filter_the_page_size_can_be_the_services_default()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest).Json(Rejection, HttpStatusCode.BadRequest).Json(Last);
        var listing = Create(test, null, Generated, pageSize: 5, fullPageSize: null);

        await listing.FetchAsync(null);

        Assert.Equal(Address, test.Transport.Requests.Last().Uri);
        Assert.Null(listing.PageSize);
    }

    [Theory]
    [InlineData(Rejection, " Service message: invalid filter")]
    [InlineData("{}", "")]
    public async Task Warns_once_about_a_rejection_with_the_generated_filter_and_the_services_message(
        string response,
        string message
    )
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(response, HttpStatusCode.BadRequest)
            .Json(response, HttpStatusCode.BadRequest)
            .Json(First)
            .Json(Last);
        var listing = Create(test, "a b", Generated);

        await listing.FetchAsync(null);
        await listing.FetchAsync("t");

        Assert.Equal(
            "The service rejected the filter generated from the parameters, so more jobs are retrieved and filtered locally."
                + $" Filter: state = FAILED.{message}",
            Assert.Single(test.Log.Warnings)
        );
    }

    [Fact]
    public async Task Neither_the_warning_nor_the_filter_contains_the_key()
    {
        using var test = new ClientUnderTest();
        var generated = FilterBuilder.Compare(
            "name",
            FilterComparator.Equal,
            FilterBuilder.String(ClientUnderTest.Key)
        );
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest).Json(Last);
        var listing = Create(test, $"dataset = {ClientUnderTest.Key}", generated);

        var before = listing.Filter;
        await listing.FetchAsync(null);

        Assert.Equal("(dataset = (API key)) AND name = \"(API key)\"", before);
        Assert.Equal("dataset = (API key)", listing.Filter);
        Assert.Contains("name = \"(API key)\"", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
        Assert.All(test.Log.Lines, line => Assert.DoesNotContain("Canary", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Throws_the_last_failure_when_something_else_was_rejected()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Rejection, HttpStatusCode.BadRequest)
            .Json("""{"code":3,"message":"invalid order"}""", HttpStatusCode.BadRequest);
        var listing = Create(test, "a b", Generated);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal("invalid order", exception.ServiceMessage);
        Assert.Equal($"GET {Address}?filter=a%20b", exception.Request);
        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.Empty(test.Log.Warnings);
        Assert.False(listing.IsFilterRejected);
    }

    [Fact]
    public async Task Throws_any_other_failure_of_the_second_request()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest).Json("{}", HttpStatusCode.Forbidden);
        var listing = Create(test, null, Generated);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal(403, exception.StatusCode);
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task Does_not_repeat_a_later_page_that_is_rejected()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(First).Json(Rejection, HttpStatusCode.BadRequest);
        var listing = Create(test, null, Generated);
        await listing.FetchAsync(null);

        await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync("t"));

        Assert.Equal(2, test.Transport.Requests.Count);
        Assert.Empty(test.Log.Warnings);
        Assert.False(listing.IsFilterRejected);
    }

    [Fact]
    public async Task Omits_the_filter_only_once()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Rejection, HttpStatusCode.BadRequest)
            .Json(First)
            .Json(Rejection, HttpStatusCode.BadRequest);
        var listing = Create(test, null, Generated);
        await listing.FetchAsync(null);

        await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync("t"));

        Assert.Equal(4, test.Transport.Requests.Count);
        Assert.Single(test.Log.Warnings);
    }

    [Fact]
    public async Task Omits_a_rejected_filter_when_starting_at_a_token_too()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest).Json(Rejection, HttpStatusCode.BadRequest).Json(Last);
        var listing = Create(test, null, Generated);

        await listing.FetchAsync("t");

        AssertSent(
            test,
            "?filter=state%20%3D%20FAILED&pageToken=t",
            "?filter=state%20%3D%20%22FAILED%22&pageToken=t",
            "?pageToken=t"
        );
        Assert.True(listing.IsFilterRejected);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}")]
    [InlineData(HttpStatusCode.Forbidden, "{}")]
    [InlineData(HttpStatusCode.NotFound, "{}")]
    [InlineData(HttpStatusCode.BadRequest, """{"code":9,"message":"the account is being moved"}""")]
    public async Task Keeps_the_filter_after_errors_that_are_not_about_arguments(HttpStatusCode status, string body)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body, status);
        var listing = Create(test, null, Generated);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal((int)status, exception.StatusCode);
        Assert.Single(test.Transport.Requests);
        Assert.False(listing.IsFilterRejected);
    }

    [Fact]
    public async Task Retries_keep_the_filter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}", HttpStatusCode.InternalServerError).Fail(new HttpRequestException("m")).Json(Last);
        var listing = Create(test, null, Generated);

        await listing.FetchAsync(null);

        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.All(
            test.Transport.Requests,
            request => Assert.EndsWith("?filter=state%20%3D%20FAILED", request.Uri, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Throws_a_500_that_persists()
    {
        using var test = new ClientUnderTest();
        for (var attempt = 0; attempt <= test.Connection.MaximumRetryCount; attempt++)
        {
            test.Transport.Json("{}", HttpStatusCode.InternalServerError);
        }
        var listing = Create(test, null, Generated);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal(500, exception.StatusCode);
        Assert.Equal(test.Connection.MaximumRetryCount + 1, test.Transport.Requests.Count);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData(null)]
    public async Task Throws_a_rejection_when_no_filter_was_generated(string? userFilter)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest);
        var listing = Create(test, userFilter, null);

        await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Throws_a_rejection_when_the_generated_filter_was_not_sent()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest);
        var listing = Create(test, "a = (", Generated);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Contains("At character 6 of the filter", exception.Message, StringComparison.Ordinal);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Adds_the_range_to_the_filter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Last);
        var listing = Create(test, "a b", Generated, pageSize: 5);
        var range = new CreateTimeRange(null, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

        await listing.FetchRangeAsync(range, "t");

        const string Sent = "(a b) AND state = FAILED AND create_time < timestamp(\"2026-11-01T00:00:00Z\")";
        AssertSent(test, $"?pageSize=5&filter={Uri.EscapeDataString(Sent)}&pageToken=t");
        Assert.Equal($"GET {test.Transport.Requests.Single().Uri}", listing.DescribeRange(range, "t"));
    }

    [Theory]
    [InlineData(false, false, "name desc")]
    [InlineData(false, true, "name")]
    [InlineData(true, false, "create_time desc")]
    [InlineData(true, true, "create_time")]
    public async Task Requests_only_name_and_time_of_the_last_page(bool isByTime, bool isDescending, string orderBy)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Last);

        await Create(test, "a b", null, pageSize: 5).FetchLastAsync(new ListingOrder(isByTime, isDescending));

        AssertSent(
            test,
            $"?pageSize=5&filter=a%20b&orderBy={Uri.EscapeDataString(orderBy)}&readMask=name%2Ccreate_time"
        );
    }

    [Theory]
    [InlineData(false, false, "(a b) AND state = FAILED AND name > \"a\"")]
    [InlineData(false, true, "(a b) AND state = FAILED AND name < \"a\"")]
    [InlineData(true, false, "(a b) AND state = FAILED AND create_time >= timestamp(\"2026-11-01T00:00:00Z\")")]
    [InlineData(true, true, "(a b) AND state = FAILED AND create_time < timestamp(\"2026-11-01T00:00:01Z\")")]
    public void Builds_a_filter_for_the_rest_after_a_job(bool isByTime, bool isDescending, string filter)
    {
        using var test = new ClientUnderTest();
        var last = new DpoJob { Name = "a", CreateTime = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) };

        var rest = Create(test, "a b", Generated, pageSize: 5)
            .FindResumePoint(last, new ListingOrder(isByTime, isDescending));

        Assert.Equal(new ResumePoint(null, filter, isByTime), rest);
    }

    [Fact]
    public void There_is_no_resume_point_when_the_rest_is_not_a_filter()
    {
        using var test = new ClientUnderTest();
        var listing = Create(test, null, null);

        Assert.Null(listing.FindResumePoint(new DpoJob { CreateTime = DateTimeOffset.UnixEpoch }, new(false, false)));
        Assert.Null(listing.FindResumePoint(new DpoJob { Name = "a" }, new(true, false)));
        Assert.Null(Create(test, "a = (", null).FindResumePoint(new DpoJob { Name = "a" }, new(false, false)));
    }

    [Fact]
    public void Neither_the_request_of_a_range_nor_the_resume_point_contains_the_key()
    {
        using var test = new ClientUnderTest();
        var listing = Create(test, ClientUnderTest.Key, null);

        var rest = listing.FindResumePoint(new DpoJob { Name = "a" }, new(false, false));

        Assert.Equal("((API key)) AND name > \"a\"", rest!.Filter);
        Assert.DoesNotContain(
            "Canary",
            listing.DescribeRange(new CreateTimeRange(DateTimeOffset.UnixEpoch, null), null),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("a b", true)]
    [InlineData("a = (", false)]
    public void Can_be_split_unless_the_user_filter_is_malformed(string? userFilter, bool canBeSplit)
    {
        using var test = new ClientUnderTest();

        Assert.Equal(canBeSplit, Create(test, userFilter, null).CanBeSplit);
    }

    [Fact]
    public void Cannot_be_split_when_the_generated_filter_is_too_long()
    {
        using var test = new ClientUnderTest();
        var text = FilterBuilder.String(new string('x', 2000));
        var generated = FilterBuilder.Compare("name", FilterComparator.Equal, text);

        Assert.False(Create(test, null, generated).CanBeSplit);
    }

    [Fact]
    public async Task Cannot_be_split_after_a_rejection()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Rejection, HttpStatusCode.BadRequest)
            .Json(Rejection, HttpStatusCode.BadRequest)
            .Json(First);
        var listing = Create(test, null, Generated);
        Assert.True(listing.CanBeSplit);

        await listing.FetchAsync(null);

        Assert.False(listing.CanBeSplit);
    }

    private static DpoJobListing Create(
        ClientUnderTest test,
        string? userFilter,
        FilterNode? generated,
        int? pageSize = null,
        int? fullPageSize = null
    )
    {
        var translation = generated is null ? null : new FilterTranslation(generated, [], [], false, []);
        var options = new ListingOptions(new JobSelection(new JobCriteria([], null, null), userFilter, translation));
        return new DpoJobListing(
            test.Client,
            "acme",
            ListingPlan.Create(options) with
            {
                PageSize = pageSize,
                FullPageSize = fullPageSize,
            },
            new FilterSupport(),
            test.Log,
            TestContext.Current.CancellationToken
        );
    }

    private static void AssertSent(ClientUnderTest test, params string[] queries) =>
        Assert.Equal(queries.Select(query => Address + query), test.Transport.Requests.Select(request => request.Uri));
}
