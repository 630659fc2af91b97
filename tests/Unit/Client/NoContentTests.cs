using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Calls that change a job, and their responses without contents.</summary>
public sealed class NoContentTests
{
    private static readonly ResourceName Name = new("acme", "dpoJobs", "nightly-1");

    [Theory]
    [InlineData("{}", "application/json")]
    [InlineData(" {\n} ", "application/json")]
    [InlineData("{\"done\":true}", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("", "text/html")]
    [InlineData("", null)]
    [InlineData("{}", null)]
    public async Task Accepts_an_empty_body_or_an_object(string body, string? contentType)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, body, contentType);

        await test.Client.DeleteDpoJobAsync(Name, TestContext.Current.CancellationToken);

        Assert.Single(test.Transport.Requests);
    }

    [Theory]
    [InlineData("<html>Sign in</html>", "text/html", "with text/html instead of JSON")]
    [InlineData("{}", "text/plain", "with text/plain instead of JSON")]
    [InlineData("null", "application/json", "Invalid JSON in the response")]
    [InlineData("[]", "application/json", "Invalid JSON in the response")]
    [InlineData("{", "application/json", "Invalid JSON in the response")]
    [InlineData("{\"error\":{}}", "application/json", "has an error in place of an empty object.")]
    [InlineData("{\"code\":7}", "application/json", "has an error in place of an empty object.")]
    [InlineData("{\"error\":\"no such key\"}", "application/json", "in place of an empty object: no such key.")]
    [InlineData(
        "{\"error\":{\"code\":403,\"message\":\"not allowed: fw_CanaryKey0123456789\"}}",
        "application/json",
        "in place of an empty object: not allowed: "
    )]
    public async Task Rejects_an_error_or_an_unreadable_body_because_the_request_may_not_have_been_executed(
        string body,
        string contentType,
        string expected
    )
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, body, contentType);

        var failure = await Assert.ThrowsAsync<FwResponseException>(() =>
            test.Client.DeleteDpoJobAsync(Name, TestContext.Current.CancellationToken)
        );

        Assert.Contains(expected, failure.Message, System.StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", failure.Message, System.StringComparison.Ordinal);
        Assert.True(failure.MayHaveTakenEffect);
    }

    [Fact]
    public async Task Each_call_sends_its_method_address_and_body()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("{}").Json("{}").Json("""{"state":"JOB_STATE_PENDING"}""");

        await test.Client.CancelDpoJobAsync(Name, TestContext.Current.CancellationToken);
        await test.Client.DeleteDpoJobAsync(Name, TestContext.Current.CancellationToken);
        var job = await test.Client.ResumeDpoJobAsync(Name, TestContext.Current.CancellationToken);

        const string Address = "https://api.fireworks.ai/v1/accounts/acme/dpoJobs/nightly-1";
        Assert.Equal(
            [("POST", Address + ":cancel", "{}"), ("DELETE", Address, null), ("POST", Address + ":resume", "{}")],
            test.Transport.Requests.Select(request => (request.Method, request.Uri, request.Body))
        );
        Assert.Equal(JobState.Pending, job.State);
    }

    [Theory]
    [InlineData("cancel", 3)]
    [InlineData("delete", 3)]
    [InlineData("resume", 1)]
    public async Task Only_resume_is_not_repeated_when_the_service_may_have_executed_it(string call, int requests)
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Reply(HttpStatusCode.ServiceUnavailable, "");
        }

        var stop = TestContext.Current.CancellationToken;
        var failure = await Assert.ThrowsAsync<FwApiException>(async () =>
        {
            await (
                call == "cancel" ? test.Client.CancelDpoJobAsync(Name, stop)
                : call == "delete" ? (Task)test.Client.DeleteDpoJobAsync(Name, stop)
                : test.Client.ResumeDpoJobAsync(Name, stop)
            );
        });

        Assert.Equal(requests, test.Transport.Requests.Count);
        Assert.True(failure.MayHaveTakenEffect);
    }

    [Theory]
    [InlineData(400, 400, false)]
    [InlineData(404, 404, false)]
    [InlineData(503, 404, true)]
    [InlineData(429, 404, false)]
    public async Task An_error_records_whether_any_attempt_may_have_been_executed(int first, int second, bool expected)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply((HttpStatusCode)first, "").Reply((HttpStatusCode)second, "");

        var failure = await Assert.ThrowsAsync<FwApiException>(() =>
            test.Client.DeleteDpoJobAsync(Name, TestContext.Current.CancellationToken)
        );

        Assert.Equal(second, failure.StatusCode);
        Assert.Equal(expected, failure.MayHaveTakenEffect);
    }
}
