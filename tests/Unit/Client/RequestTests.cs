using System;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Requests as they are sent.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task A_listing_asks_for_the_jobs_of_the_account()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}");

        await test.ListAsync();

        var request = Assert.Single(test.Transport.Requests);
        Assert.Equal("GET", request.Method);
        Assert.Equal("https://api.fireworks.ai/v1/accounts/acme/dpoJobs", request.Uri);
    }

    [Fact]
    public async Task A_listing_sends_its_parameters_and_the_token()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}");
        var query = new ListQuery("acme")
        {
            Filter = "state=FAILED",
            OrderBy = "state,create_time desc",
            ReadMask = "name,training_config.base_model",
            PageSize = 7,
        };

        await test.ListAsync(query, "t/1==");

        Assert.Equal(
            "https://api.fireworks.ai/v1/accounts/acme/dpoJobs?pageSize=7&filter=state%3DFAILED"
                + "&orderBy=state%2Ccreate_time%20desc&readMask=name%2Ctraining_config.base_model&pageToken=t%2F1%3D%3D",
            Assert.Single(test.Transport.Requests).Uri
        );
    }

    [Fact]
    public async Task A_single_job_is_asked_for_by_its_name_and_mask()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"name":"accounts/acme/dpoJobs/nightly-1"}""").Json("{}");

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
    public async Task A_request_carries_the_key_asks_for_json_names_the_module_and_has_no_body()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}");

        await test.ListAsync();

        var request = Assert.Single(test.Transport.Requests);
        Assert.False(request.HasBody);
        Assert.Equal(["Accept", "Authorization", "User-Agent"], request.Headers.Keys.Order());
        Assert.Equal($"Bearer {ClientUnderTest.Key}", request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Matches(@"^Fireworks\.DpoJobs/\d+\.\d+\.\d+$", request.Headers["User-Agent"]);
    }

    [Fact]
    public async Task A_filter_with_the_urls_own_characters_and_other_scripts_is_escaped()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}");

        await test.ListAsync(new ListQuery("acme") { Filter = "display_name=\"a&b+c#d?e/ä日😀%41\"" }, null);

        Assert.Equal(
            "https://api.fireworks.ai/v1/accounts/acme/dpoJobs?filter=display_name%3D%22a%26b%2Bc%23d%3Fe%2F%C3%A4%E6%97%A5%F0%9F%98%80%2541%22",
            Assert.Single(test.Transport.Requests).Uri
        );
    }

    [Fact]
    public void Any_filter_arrives_as_it_was_typed()
    {
        var filters = ArbMap
            .Default.GeneratorFor<char>()
            .Where(character => !char.IsSurrogate(character))
            .ArrayOf()
            .Select(characters => new string(characters));

        Prop.ForAll(
                filters.ToArbitrary(),
                filter =>
                {
                    var uri = RequestUri.Build(
                        new Uri("https://host/"),
                        "v1/x",
                        [new("filter", filter), new("b", "c")]
                    );
                    var expected = filter.Length == 0 ? "?b=c" : $"?filter={Uri.EscapeDataString(filter)}&b=c";
                    return uri.PathAndQuery == "/v1/x" + uri.Query
                        && uri.Query == expected
                        && (filter.Length == 0 || Uri.UnescapeDataString(uri.Query[8..^4]) == filter);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_base_address_with_a_path_is_a_prefix()
    {
        using var test = new ClientUnderTest(baseUri: "https://gateway.example/fireworks/");
        test.Transport.Json("{}");

        await test.ListAsync();

        Assert.Equal(
            "https://gateway.example/fireworks/v1/accounts/acme/dpoJobs",
            Assert.Single(test.Transport.Requests).Uri
        );
    }

    [Fact]
    public async Task The_log_has_one_line_for_a_request_with_status_count_and_bytes_and_without_the_key()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[{},{}],"nextPageToken":"t","totalSize":7}""");

        await test.ListAsync(new ListQuery("acme") { Filter = "state=FAILED" }, null);

        var line = Assert.Single(test.Log.Lines);
        Assert.StartsWith(
            "GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs?filter=state%3DFAILED: 200, 2 jobs of 7, more pages follow, 53 bytes in ",
            line,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"dpoJobs":[],"nextPageToken":""}""", "0 jobs, no more pages")]
    [InlineData("""{}""", "0 jobs, no more pages")]
    [InlineData("""{"dpoJobs":[{}]}""", "200, 1 job, no more pages")]
    public async Task The_log_says_when_there_are_no_more_pages(string body, string said)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body);

        await test.ListAsync();

        Assert.Contains(said, Assert.Single(test.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_when_a_single_job_has_no_state()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"name":"accounts/acme/dpoJobs/nightly-1"}""");

        await test.GetAsync("name");

        Assert.Contains(": 200, state not sent, ", Assert.Single(test.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_shows_the_state_of_a_single_job_without_control_characters()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"state":"JOB_STATE_\u001b[31mODD"}""");

        await test.GetAsync();

        var line = Assert.Single(test.Log.Lines);
        Assert.Contains("JOB_STATE_\u241b[31mODD", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }
}
