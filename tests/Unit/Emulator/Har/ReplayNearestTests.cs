using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Replay;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

public sealed class ReplayNearestTests
{
    private const string Jobs = "/v1/accounts/acme/dpoJobs";

    [Theory]
    [InlineData("GET", Jobs + "?pageSize=7", "jobs.har entry 1: pageSize is 7 here and absent there")]
    [InlineData("GET", Jobs + "?pageSize=200&pageToken=x", "jobs.har entry 2: pageToken is x here and absent there")]
    [InlineData("GET", Jobs + "?filter=a%3Dc&pageSize=200", "jobs.har entry 2: filter is a%3Dc here and absent there")]
    [InlineData("GET", Jobs + "?filter=a%3Db&pageSize=9", "jobs.har entry 3: pageSize is 9 here and 200 there")]
    [InlineData("GET", Jobs + "?filter=&pageSize=200", "jobs.har entry 2: filter is empty here and absent there")]
    [InlineData("GET", Jobs + "?pageSize=1&pageSize=2", "jobs.har entry 1: pageSize is 1 and 2 here and absent there")]
    [InlineData("POST", Jobs, "jobs.har entry 1: method is POST here and GET there")]
    [InlineData(
        "GET",
        Jobs + "/tone-2",
        "jobs.har entry 4: path is /v1/accounts/acme/dpoJobs/tone-2 here and /v1/accounts/acme/dpoJobs/tone-1 there"
    )]
    [InlineData(
        "GET",
        "/v1/accounts/Acme/dpoJobs?filter=a%3Db&orderBy=name&pageSize=200",
        "jobs.har entry 3: path is /v1/accounts/Acme/dpoJobs here and /v1/accounts/acme/dpoJobs there; "
            + "orderBy is name here and absent there"
    )]
    public async Task A_request_without_an_entry_is_told_from_the_nearest(string method, string target, string nearest)
    {
        using var folder = new TempFolder();
        var path = folder.Write(
            "jobs.har",
            Entry.Get(Jobs),
            Entry.Get(Jobs + "?pageSize=200"),
            Entry.Get(Jobs + "?pageSize=200&filter=a%3Db"),
            Entry.Get(Jobs + "/tone-1")
        );

        var (answer, log) = await Ask(path, target, method);

        Assert.Equal($"no entry for {method} {target}; nearest is {nearest}\n", log);
        Assert.Equal(501, answer.Status);
    }

    [Fact]
    public async Task The_client_gets_an_error_of_the_services_shape_and_is_not_to_try_again()
    {
        using var folder = new TempFolder();
        var path = folder.Write("jobs.har", Entry.Get(Jobs));

        var (answer, log) = await Ask(path, Jobs + "?pageSize=7");

        using var error = JsonDocument.Parse(answer.Text);
        Assert.Equal(12, error.RootElement.GetProperty("code").GetInt32());
        Assert.Equal(log, error.RootElement.GetProperty("message").GetString() + "\n");
        Assert.StartsWith("application/json", answer.Headers.ContentType.ToString(), System.StringComparison.Ordinal);
        Assert.Equal("false", answer.Headers["x-should-retry"]);
    }

    [Fact]
    public async Task A_recording_without_entries_says_so()
    {
        using var folder = new TempFolder();

        var (_, log) = await Ask(folder.Write("none.har"), "/v1/jobs");

        Assert.Equal("no entry for GET /v1/jobs; the recording has none at all\n", log);
    }

    [Fact]
    public async Task A_request_cannot_break_out_of_its_log_line()
    {
        using var folder = new TempFolder();

        var (_, log) = await Ask(folder.Write("x.har", Entry.Get("/v1/jobs")), "/v1/jobs%0A?a%0A=b%1B[2J");

        Assert.Equal(1, log.Split('\n').Length - 1);
        Assert.DoesNotContain('\u001b', log);
    }

    private static async Task<(Answer Answer, string Log)> Ask(string path, string target, string method = "GET")
    {
        using var log = new StringWriter { NewLine = "\n" };
        var answer = await Answer.To(ReplayHandler.Load(path, log), target, method);
        return (answer, log.ToString());
    }
}
