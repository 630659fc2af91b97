using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>A listing goes on without the filter that was made here when the service refuses it.</summary>
public sealed class DpoJobListingTests
{
    private const string Address = "https://api.fireworks.ai/v1/accounts/acme/dpoJobs";
    private const string Refusal = """{"code":3,"message":"invalid filter"}""";
    private const string First = """{"dpoJobs":[{"name":"a"}],"nextPageToken":"t"}""";
    private const string Last = """{"dpoJobs":[{"name":"b"}]}""";

    private static readonly FilterNode Made = StateFilter.AnyOf(["FAILED"])!;

    [Fact]
    public async Task A_filter_that_the_service_takes_stays_on_every_page()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(First).Json(Last);
        var listing = Create(test, new ListFilter("a b", Made), pageSize: 5, wholePageSize: 200);

        await listing.FetchAsync(null);
        await listing.FetchAsync("t");

        AssertSent(
            test,
            "?pageSize=5&filter=%28a%20b%29%20AND%20state%20%3D%20FAILED",
            "?pageSize=5&filter=%28a%20b%29%20AND%20state%20%3D%20FAILED&pageToken=t"
        );
        Assert.Empty(test.Log.Warnings);
        Assert.False(listing.IsFilterRefused);
        Assert.Equal(5, listing.PageSize);
        Assert.Equal("(a b) AND state = FAILED", listing.Filter);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("a b", "&filter=a%20b")]
    public async Task A_made_filter_that_the_service_refuses_is_left_out_of_this_and_all_later_pages(
        string? written,
        string sent
    )
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest).Json(First).Json(Last);
        var listing = Create(test, new ListFilter(written, Made), pageSize: 5, wholePageSize: 200);

        var first = await listing.FetchAsync(null);
        var last = await listing.FetchAsync("t");

        Assert.Equal(["a", "b"], first.Jobs.Concat(last.Jobs).Select(job => job.Name));
        Assert.Equal(
            [$"{Address}?pageSize=200{sent}", $"{Address}?pageSize=200{sent}&pageToken=t"],
            test.Transport.Requests.Skip(1).Select(request => request.Uri)
        );
        Assert.True(listing.IsFilterRefused);
        Assert.Equal(200, listing.PageSize);
        Assert.Equal(written, listing.Filter);
        Assert.Equal($"GET {Address}?pageSize=200{sent}&pageToken=t", listing.Describe("t"));
    }

    [Fact]
    public async Task The_size_of_a_page_without_the_filter_may_be_the_services_own()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest).Json(Last);
        var listing = Create(test, new ListFilter(null, Made), pageSize: 5, wholePageSize: null);

        await listing.FetchAsync(null);

        Assert.Equal(Address, test.Transport.Requests.Last().Uri);
        Assert.Null(listing.PageSize);
    }

    [Theory]
    [InlineData(Refusal, " The service says: invalid filter")]
    [InlineData("{}", "")]
    public async Task A_refusal_is_told_once_with_the_part_that_was_made_and_the_services_words(
        string refusal,
        string words
    )
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(refusal, HttpStatusCode.BadRequest).Json(First).Json(Last);
        var listing = Create(test, new ListFilter("a b", Made));

        await listing.FetchAsync(null);
        await listing.FetchAsync("t");

        Assert.Equal(
            "The service refuses the filter that was made of the parameters, so more jobs are fetched and filtered here."
                + $" Filter: state = FAILED.{words}",
            Assert.Single(test.Log.Warnings)
        );
    }

    [Fact]
    public async Task Neither_the_warning_nor_the_filter_that_errors_tell_shows_the_key()
    {
        using var test = new ClientUnderTest();
        var made = FilterBuilder.Compare("name", FilterComparator.Equal, FilterBuilder.String(ClientUnderTest.Key));
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest).Json(Last);
        var listing = Create(test, new ListFilter($"dataset = {ClientUnderTest.Key}", made));

        var before = listing.Filter;
        await listing.FetchAsync(null);

        Assert.Equal("(dataset = (API key)) AND name = \"(API key)\"", before);
        Assert.Equal("dataset = (API key)", listing.Filter);
        Assert.Contains("name = \"(API key)\"", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
        Assert.All(test.Log.Lines, line => Assert.DoesNotContain("Canary", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_it_was_not_the_made_filter_the_second_failure_is_the_one_to_tell()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest)
            .Json("""{"code":3,"message":"invalid order"}""", HttpStatusCode.BadRequest);
        var listing = Create(test, new ListFilter("a b", Made));

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal("invalid order", exception.ServiceMessage);
        Assert.Equal($"GET {Address}?filter=a%20b", exception.Request);
        Assert.Equal(2, test.Transport.Requests.Count);
        Assert.Empty(test.Log.Warnings);
        Assert.False(listing.IsFilterRefused);
    }

    [Fact]
    public async Task A_failure_of_another_kind_without_the_filter_is_told_too()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest).Json("{}", HttpStatusCode.Forbidden);
        var listing = Create(test, new ListFilter(null, Made));

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal(403, exception.StatusCode);
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public async Task A_later_page_that_is_refused_is_not_asked_for_again()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(First).Json(Refusal, HttpStatusCode.BadRequest);
        var listing = Create(test, new ListFilter(null, Made));
        await listing.FetchAsync(null);

        await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync("t"));

        Assert.Equal(2, test.Transport.Requests.Count);
        Assert.Empty(test.Log.Warnings);
        Assert.False(listing.IsFilterRefused);
    }

    [Fact]
    public async Task After_a_refusal_nothing_is_asked_for_twice()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest).Json(First).Json(Refusal, HttpStatusCode.BadRequest);
        var listing = Create(test, new ListFilter(null, Made));
        await listing.FetchAsync(null);

        await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync("t"));

        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.Single(test.Log.Warnings);
    }

    [Fact]
    public async Task The_first_page_asked_for_may_be_one_in_the_middle()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest).Json(Last);
        var listing = Create(test, new ListFilter(null, Made));

        await listing.FetchAsync("t");

        AssertSent(test, "?filter=state%20%3D%20FAILED&pageToken=t", "?pageToken=t");
        Assert.True(listing.IsFilterRefused);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task An_error_of_another_kind_is_no_refusal_of_the_filter(HttpStatusCode status)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}", status);
        var listing = Create(test, new ListFilter(null, Made));

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal((int)status, exception.StatusCode);
        Assert.Single(test.Transport.Requests);
        Assert.False(listing.IsFilterRefused);
    }

    [Fact]
    public async Task A_failure_that_is_tried_again_keeps_the_filter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}", HttpStatusCode.InternalServerError).Fail(new HttpRequestException("m")).Json(Last);
        var listing = Create(test, new ListFilter(null, Made));

        await listing.FetchAsync(null);

        Assert.Equal(3, test.Transport.Requests.Count);
        Assert.All(
            test.Transport.Requests,
            request => Assert.EndsWith("?filter=state%20%3D%20FAILED", request.Uri, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_500_to_the_end_is_told_as_it_is()
    {
        using var test = new ClientUnderTest();
        for (var tries = 0; tries <= test.Connection.MaximumRetryCount; tries++)
        {
            test.Transport.Json("{}", HttpStatusCode.InternalServerError);
        }
        var listing = Create(test, new ListFilter(null, Made));

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Equal(500, exception.StatusCode);
        Assert.Equal(test.Connection.MaximumRetryCount + 1, test.Transport.Requests.Count);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData(null)]
    public async Task Without_a_made_filter_a_refusal_is_told_at_once(string? written)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest);
        var listing = Create(test, new ListFilter(written, null));

        await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task A_made_filter_that_was_not_sent_cannot_have_been_refused()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest);
        var listing = Create(test, new ListFilter("a = (", Made));

        var exception = await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));

        Assert.Contains("At character 6 of the filter", exception.Message, StringComparison.Ordinal);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task A_range_is_asked_for_beside_all_that_is_filtered_by()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Last);
        var listing = Create(test, new ListFilter("a b", Made), pageSize: 5);
        var range = new CreateTimeRange(null, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

        await listing.FetchRangeAsync(range, "t");

        const string Sent = "(a b) AND state = FAILED AND create_time < timestamp(\"2026-11-01T00:00:00Z\")";
        AssertSent(test, $"?pageSize=5&filter={Uri.EscapeDataString(Sent)}&pageToken=t");
        Assert.Equal($"GET {test.Transport.Requests.Single().Uri}", listing.DescribeRange(range, "t"));
    }

    [Theory]
    [InlineData(false, "create_time")]
    [InlineData(true, "create_time desc")]
    public async Task Of_the_oldest_and_the_newest_job_no_more_than_name_and_time_is_asked_for(
        bool newest,
        string orderBy
    )
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Last);

        await Create(test, new ListFilter("a b", null), pageSize: 5).FetchEndAsync(newest);

        AssertSent(
            test,
            $"?pageSize=1&filter=a%20b&orderBy={Uri.EscapeDataString(orderBy)}&readMask=name%2Ccreate_time"
        );
    }

    [Theory]
    [InlineData(false, false, "(a b) AND state = FAILED AND name > \"a\"")]
    [InlineData(false, true, "(a b) AND state = FAILED AND name < \"a\"")]
    [InlineData(true, false, "(a b) AND state = FAILED AND create_time >= timestamp(\"2026-11-01T00:00:00Z\")")]
    [InlineData(true, true, "(a b) AND state = FAILED AND create_time < timestamp(\"2026-11-01T00:00:00.0000001Z\")")]
    public void What_is_left_after_a_job_is_told_as_a_filter(bool isByTime, bool isDescending, string filter)
    {
        using var test = new ClientUnderTest();
        var last = new DpoJob { Name = "a", CreateTime = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) };

        var rest = Create(test, new ListFilter("a b", Made), pageSize: 5)
            .FindRest(last, new ListingOrder(isByTime, isDescending));

        Assert.Equal(new ResumePoint(null, 5, null) { Filter = filter, RepeatsJobs = isByTime }, rest);
    }

    [Fact]
    public void Where_it_cannot_be_said_what_is_left_nothing_is_told()
    {
        using var test = new ClientUnderTest();
        var listing = Create(test, new ListFilter(null, null));

        Assert.Null(listing.FindRest(new DpoJob { CreateTime = DateTimeOffset.UnixEpoch }, new(false, false)));
        Assert.Null(listing.FindRest(new DpoJob { Name = "a" }, new(true, false)));
        Assert.Null(Create(test, new ListFilter("a = (", null)).FindRest(new DpoJob { Name = "a" }, new(false, false)));
    }

    [Fact]
    public void Neither_the_request_of_a_range_nor_what_is_left_shows_the_key()
    {
        using var test = new ClientUnderTest();
        var listing = Create(test, new ListFilter(ClientUnderTest.Key, null));

        var rest = listing.FindRest(new DpoJob { Name = "a" }, new(false, false));

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
    public void A_listing_can_be_cut_where_its_filter_can_be_joined_with_a_range(string? written, bool canBeCut)
    {
        using var test = new ClientUnderTest();

        Assert.Equal(canBeCut, Create(test, new ListFilter(written, null)).CanBeCut);
    }

    [Fact]
    public void A_made_filter_that_would_be_too_long_with_a_range_cannot_be_cut()
    {
        using var test = new ClientUnderTest();
        var text = FilterBuilder.String(new string('x', 1950));
        var made = FilterBuilder.Compare("name", FilterComparator.Equal, text);

        Assert.NotNull(new ListFilter(null, made).MadeText);
        Assert.False(Create(test, new ListFilter(null, made)).CanBeCut);
    }

    [Fact]
    public async Task After_a_refusal_a_listing_is_not_cut()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, HttpStatusCode.BadRequest).Json(First);
        var listing = Create(test, new ListFilter(null, Made));
        Assert.True(listing.CanBeCut);

        await listing.FetchAsync(null);

        Assert.False(listing.CanBeCut);
    }

    private static DpoJobListing Create(
        ClientUnderTest test,
        ListFilter filter,
        int? pageSize = null,
        int? wholePageSize = null
    ) =>
        new(
            test.Client,
            new ListQuery("acme") { PageSize = pageSize },
            filter,
            wholePageSize,
            test.Log,
            TestContext.Current.CancellationToken
        );

    private static void AssertSent(ClientUnderTest test, params string[] queries) =>
        Assert.Equal(queries.Select(query => Address + query), test.Transport.Requests.Select(request => request.Uri));
}
