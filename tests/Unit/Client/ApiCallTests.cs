using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>The calls of the API as they are sent and logged.</summary>
public sealed class ApiCallTests
{
    [Fact]
    public async Task A_listing_requests_the_jobs_of_the_account()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        var request = Assert.Single(test.Transport.Requests);
        Assert.Equal("GET", request.Method);
        Assert.Equal("https://api.fireworks.ai/v1/accounts/acme/dpoJobs", request.Uri);
    }

    [Fact]
    public async Task A_listing_sends_its_parameters_and_the_page_token()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[]}""");
        var query = new ListDpoJobsRequest("acme")
        {
            Filter = "state=FAILED",
            OrderBy = "state,create_time desc",
            ReadMask = "name,training_config.base_model",
            PageSize = 7,
            IncludeArchived = true,
        };

        await test.ListAsync(query, "t/1==");

        Assert.Equal(
            "https://api.fireworks.ai/v1/accounts/acme/dpoJobs?pageSize=7&filter=state%3DFAILED"
                + "&orderBy=state%2Ccreate_time%20desc&readMask=name%2Ctraining_config.base_model&includeArchived=true&pageToken=t%2F1%3D%3D",
            Assert.Single(test.Transport.Requests).Uri
        );
    }

    [Theory]
    [InlineData("""{"signedUrl":"https://storage.example/x?y"}""", "https://storage.example/x?y")]
    [InlineData("""{"signedUrl":""}""", null)]
    [InlineData("""{"signedUrl":null,"novelty":1}""", null)]
    [InlineData("{}", null)]
    public async Task The_address_of_metrics_is_requested_and_never_shown(string body, string? address)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body);

        var found = await test.Client.GetMetricsFileAddressAsync(
            new ResourceName("acme", "dpoJobs", "nightly-1"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(address, found?.Reveal());
        Assert.Equal(
            "https://api.fireworks.ai/v1/accounts/acme/dpoJobs/nightly-1:getMetricsFileEndpoint",
            Assert.Single(test.Transport.Requests).Uri
        );
        Assert.DoesNotContain("storage.example", Assert.Single(test.Log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"no metrics"}}""")]
    [InlineData("""{"signedUrl":["x"]}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_response_without_the_address_of_metrics_is_an_error(string body)
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Json(body);
        }

        await Assert.ThrowsAnyAsync<FwException>(() =>
            test.Client.GetMetricsFileAddressAsync(
                new ResourceName("acme", "dpoJobs", "nightly-1"),
                TestContext.Current.CancellationToken
            )
        );
    }

    [Fact]
    public async Task A_single_job_is_requested_by_name_and_read_mask()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"name":"accounts/acme/dpoJobs/nightly-1"}""").Json("""{"state":"JOB_STATE_FAILED"}""");

        var job = await test.GetAsync();
        await test.GetAsync("name,state");

        Assert.Equal("nightly-1", job.Id);
        Assert.Equal(
            [
                "https://api.fireworks.ai/v1/accounts/acme/dpoJobs/nightly-1",
                "https://api.fireworks.ai/v1/accounts/acme/dpoJobs/nightly-1?readMask=name%2Cstate",
            ],
            test.Transport.Requests.Select(request => request.Uri)
        );
    }

    [Fact]
    public async Task A_request_carries_the_key_accepts_json_names_the_module_and_has_no_body()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        var request = Assert.Single(test.Transport.Requests);
        Assert.Null(request.Body);
        Assert.Equal(["Accept", "Authorization", "User-Agent"], request.Headers.Keys.Order());
        Assert.Equal($"Bearer {ClientUnderTest.Key}", request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Matches(@"^Fireworks\.DpoJobs/\d+\.\d+\.\d+$", request.Headers["User-Agent"]);
    }

    [Fact]
    public async Task Escapes_reserved_and_non_ascii_characters_of_a_filter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[]}""");

        await test.ListAsync(new ListDpoJobsRequest("acme") { Filter = "display_name=\"a&b+c#d?e/ä日😀%41\"" }, null);

        Assert.Equal(
            "https://api.fireworks.ai/v1/accounts/acme/dpoJobs?filter=display_name%3D%22a%26b%2Bc%23d%3Fe%2F%C3%A4%E6%97%A5%F0%9F%98%80%2541%22",
            Assert.Single(test.Transport.Requests).Uri
        );
    }

    [Fact]
    public void Any_filter_arrives_unchanged()
    {
        using var test = new ClientUnderTest();
        var filters = ArbMap
            .Default.GeneratorFor<char>()
            .Where(character => !char.IsSurrogate(character))
            .ArrayOf()
            .Select(characters => new string(characters));

        Prop.ForAll(
                filters.ToArbitrary(),
                filter =>
                {
                    var request = new ApiRequest<NoContent>(HttpMethod.Get, ResponseReader.NoContent)
                    {
                        Path = "v1/x",
                        Query = [new("filter", filter), new("b", "c")],
                    };
                    var uri = request.ToUri(test.Connection);
                    var expected = filter.Length == 0 ? "?b=c" : $"?filter={Uri.EscapeDataString(filter)}&b=c";
                    return uri.PathAndQuery == "/v1/x" + uri.Query
                        && uri.Query == expected
                        && (filter.Length == 0 || Uri.UnescapeDataString(uri.Query[8..^4]) == filter);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task The_path_of_the_base_address_is_a_prefix()
    {
        using var test = new ClientUnderTest(baseUri: "https://gateway.example/fireworks/");
        test.Transport.Json("""{"dpoJobs":[]}""");

        await test.ListAsync();

        Assert.Equal(
            "https://gateway.example/fireworks/v1/accounts/acme/dpoJobs",
            Assert.Single(test.Transport.Requests).Uri
        );
    }

    [Fact]
    public async Task Logs_one_line_per_request_with_status_count_and_bytes()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[{},{}],"nextPageToken":"t","totalSize":7}""");

        await test.ListAsync(new ListDpoJobsRequest("acme") { Filter = "state=FAILED" }, null);

        var line = Assert.Single(test.Log.Lines);
        Assert.StartsWith(
            "GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs?filter=state%3DFAILED: 200, 2 jobs of 7, more pages follow, 53 bytes in ",
            line,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"dpoJobs":[],"nextPageToken":""}""", "0 jobs, last page")]
    [InlineData("""{"dpoJobs":[]}""", "0 jobs, last page")]
    [InlineData("""{"dpoJobs":[{}]}""", "200, 1 job, last page")]
    public async Task Logs_that_a_page_is_the_last(string body, string expected)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body);

        await test.ListAsync();

        Assert.Contains(expected, Assert.Single(test.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_that_a_job_has_no_state()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"name":"accounts/acme/dpoJobs/nightly-1"}""");

        await test.GetAsync("name");

        Assert.Contains(": 200, no state, ", Assert.Single(test.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_control_characters_of_a_logged_state_visible()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"state":"JOB_STATE_\u001b[31mODD"}""");

        await test.GetAsync();

        var line = Assert.Single(test.Log.Lines);
        Assert.Contains("JOB_STATE_\u241b[31mODD", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }
}
