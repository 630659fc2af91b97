using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Creation;

/// <summary>Whatever happens to a response, a job is created at most once, and the result reports what is known.</summary>
public sealed class JobCreatorTests : IDisposable
{
    private const string Job =
        """{"name":"accounts/acme/dpoJobs/tone-1","state":"JOB_STATE_VALIDATING","dataset":"accounts/acme/datasets/d","trainingConfig":{"epochs":2,"learningRate":1e-6,"loraRank":8}}""";
    private const string AlreadyExists = """{"code":6,"message":"taken"}""";
    private const string NotFound = """{"code":5,"message":"not found"}""";

    private readonly ClientUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Creates_a_job_with_one_request()
    {
        _test.Transport.Json(Job);

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.Created, result.Outcome);
        Assert.Equal("tone-1", result.Job!.Id);
        var request = Assert.Single(_test.Transport.Requests);
        Assert.Equal("https://api.fireworks.ai/v1/accounts/acme/dpoJobs?dpoJobId=tone-1", request.Uri);
        Assert.Equal(
            """{"dataset":"accounts/acme/datasets/d","trainingConfig":{"learningRate":1E-06,"epochs":2}}""",
            request.Body
        );
        Assert.Contains(
            "?dpoJobId=tone-1: 200, state JOB_STATE_VALIDATING",
            Assert.Single(_test.Log.Lines),
            StringComparison.Ordinal
        );
    }

    public static TheoryData<string> LostResponses =>
        [
            "reset",
            "500",
            "502",
            "503",
            "504",
            "408",
            "aborted",
            "empty",
            "not JSON",
            "error in JSON",
            "job without a name",
        ];

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task Finds_the_job_whose_response_was_lost(string failure)
    {
        Fail(failure);
        _test.Transport.Json(Job);

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.Recovered, result.Outcome);
        Assert.Equal("tone-1", result.Job!.Id);
        Assert.Null(result.Failure);
        Assert.Equal(["POST", "GET"], Methods);
        Assert.Equal("https://api.fireworks.ai/v1/accounts/acme/dpoJobs/tone-1", _test.Transport.Requests.Last().Uri);
    }

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task Repeats_a_request_with_the_same_ID_when_it_had_no_effect(string failure)
    {
        Fail(failure);
        _test.Transport.Json(NotFound, HttpStatusCode.NotFound).Json(Job);

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.Created, result.Outcome);
        Assert.Equal(["POST", "GET", "POST"], Methods);
        Assert.Equal(
            _test.Transport.Requests.First(),
            _test.Transport.Requests.Last() with
            {
                Headers = _test.Transport.Requests.First().Headers,
            }
        );
        Assert.Single(_test.Clock.Delays);
    }

    [Fact]
    public async Task Does_not_repeat_a_request_for_which_the_service_chose_another_ID()
    {
        _test.Transport.Json("""{"name":"accounts/acme/dpoJobs/other","state":"JOB_STATE_VALIDATING"}""");

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.Unknown, result.Outcome);
        Assert.Contains("accounts/acme/dpoJobs/other", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["POST"], Methods);
    }

    [Fact]
    public async Task Finds_the_job_when_the_first_request_takes_effect_after_it_was_looked_up()
    {
        _test
            .Transport.Json("{}", HttpStatusCode.GatewayTimeout)
            .Json(NotFound, HttpStatusCode.NotFound)
            .Json(AlreadyExists, HttpStatusCode.Conflict)
            .Json(Job);

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.Recovered, result.Outcome);
        Assert.Equal(["POST", "GET", "POST", "GET"], Methods);
    }

    [Fact]
    public async Task Finds_the_created_job_when_a_retry_is_rejected_because_that_job_used_up_the_quota()
    {
        _test
            .Transport.Json("{}", HttpStatusCode.GatewayTimeout)
            .Json(NotFound, HttpStatusCode.NotFound)
            .Json("""{"code":8,"message":"quota"}""", HttpStatusCode.Forbidden)
            .Json(Job);

        Assert.Equal(CreationOutcome.Recovered, (await CreateAsync()).Outcome);
    }

    [Fact]
    public async Task Gives_up_after_the_retries_and_reports_that_the_job_does_not_exist()
    {
        for (var i = 0; i < 3; i++)
        {
            _test.Transport.Json("{}", HttpStatusCode.GatewayTimeout).Json(NotFound, HttpStatusCode.NotFound);
        }

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.NotCreated, result.Outcome);
        Assert.Contains("Afterwards, no job 'tone-1' existed.", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["POST", "GET", "POST", "GET", "POST", "GET"], Methods);
        Assert.Equal(2, _test.Clock.Delays.Count);
    }

    [Fact]
    public async Task Does_not_repeat_a_request_that_the_service_does_not_want_repeated()
    {
        _test
            .Transport.Reply(HttpStatusCode.ServiceUnavailable, "{}", "application/json", ("x-should-retry", "false"))
            .Json(NotFound, HttpStatusCode.NotFound);

        Assert.Equal(CreationOutcome.NotCreated, (await CreateAsync()).Outcome);
        Assert.Equal(["POST", "GET"], Methods);
    }

    [Fact]
    public async Task Reports_that_the_outcome_is_unknown_when_the_job_cannot_be_looked_up()
    {
        _test.Transport.Fail(new HttpRequestException("lost"));
        for (var i = 0; i < 3; i++)
        {
            _test.Transport.Fail(new HttpRequestException("lost"));
        }

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.Unknown, result.Outcome);
        Assert.IsType<FwConnectionException>(result.Failure);
        Assert.Contains(
            "could not be determined: Get-FwDpoJob tone-1",
            result.Failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["POST", "GET", "GET", "GET"], Methods);
    }

    [Fact]
    public async Task Reports_that_the_outcome_is_unknown_when_a_404_is_not_one_of_the_service()
    {
        _test
            .Transport.Json("{}", HttpStatusCode.GatewayTimeout)
            .Reply(HttpStatusCode.NotFound, "<html>404 Not Found</html>", "text/html");

        Assert.Equal(CreationOutcome.Unknown, (await CreateAsync()).Outcome);
        Assert.Equal(["POST", "GET"], Methods);
    }

    [Fact]
    public async Task Finds_a_job_that_existed_with_the_same_settings()
    {
        _test.Transport.Json(AlreadyExists, HttpStatusCode.Conflict).Json(Job);

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.Existing, result.Outcome);
        Assert.Equal("tone-1", result.Job!.Id);
    }

    [Fact]
    public async Task Reports_the_differences_from_a_job_that_exists()
    {
        _test
            .Transport.Json(AlreadyExists, HttpStatusCode.Conflict)
            .Json(
                Job.Replace("1e-6", "5e-6", StringComparison.Ordinal)
                    .Replace("\"epochs\":2,", "", StringComparison.Ordinal)
            );

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.NotCreated, result.Outcome);
        var failure = Assert.IsType<FwApiException>(result.Failure);
        Assert.Equal(RpcCode.AlreadyExists, failure.Code);
        Assert.Equal("taken", failure.ServiceMessage);
        Assert.StartsWith(
            "A job 'tone-1' with other settings exists: TrainingConfig.Epochs (not set instead of 2), TrainingConfig.LearningRate (5E-06 instead of 1E-06). Request: POST ",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Reports_another_job_with_the_ID_after_a_lost_response()
    {
        _test
            .Transport.Json("{}", HttpStatusCode.BadGateway)
            .Json(Job.Replace("datasets/d", "datasets/e", StringComparison.Ordinal));

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.NotCreated, result.Outcome);
        Assert.Equal(RpcCode.AlreadyExists, Assert.IsType<FwApiException>(result.Failure).Code);
    }

    [Theory]
    [InlineData("JOB_STATE_ARCHIVED")]
    [InlineData("JOB_STATE_DELETED")]
    [InlineData("JOB_STATE_DELETING_CLEANING_UP")]
    public async Task Does_not_return_a_deleted_job_with_the_same_settings(string state)
    {
        _test
            .Transport.Json(AlreadyExists, HttpStatusCode.Conflict)
            .Json(Job.Replace("JOB_STATE_VALIDATING", state, StringComparison.Ordinal));

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.NotCreated, result.Outcome);
        Assert.StartsWith("A deleted job had the ID 'tone-1'.", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(RpcCode.AlreadyExists, Assert.IsType<FwApiException>(result.Failure).Code);
    }

    [Theory]
    [InlineData(400, """{"code":3,"message":"bad"}""")]
    [InlineData(401, """{"code":16,"message":"key"}""")]
    [InlineData(403, """{"code":8,"message":"quota"}""")]
    [InlineData(404, """{"code":5,"message":"no dataset"}""")]
    [InlineData(412, """{"message":"suspended"}""")]
    [InlineData(501, """{"code":12,"message":"no"}""")]
    public async Task Reports_a_rejection_without_another_request(int status, string body)
    {
        _test.Transport.Json(body, (HttpStatusCode)status);

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.NotCreated, result.Outcome);
        Assert.Equal(status, Assert.IsType<FwApiException>(result.Failure).StatusCode);
        Assert.Equal(["POST"], Methods);
    }

    [Fact]
    public async Task Repeats_a_request_without_a_lookup_if_it_was_not_sent_or_was_rate_limited()
    {
        _test
            .Transport.Fail(new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)))
            .Json("{}", HttpStatusCode.TooManyRequests)
            .Json(Job);

        Assert.Equal(CreationOutcome.Created, (await CreateAsync()).Outcome);
        Assert.Equal(["POST", "POST", "POST"], Methods);
    }

    [Fact]
    public async Task Knows_that_nothing_was_created_when_nothing_was_sent()
    {
        for (var i = 0; i < 3; i++)
        {
            _test.Transport.Fail(
                new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused))
            );
        }

        var result = await CreateAsync();

        Assert.Equal(CreationOutcome.NotCreated, result.Outcome);
        Assert.Equal(["POST", "POST", "POST"], Methods);
    }

    [Fact]
    public async Task A_response_that_repeats_the_secret_of_the_request_does_not_reveal_it()
    {
        _test.Transport.Json("""{"code":3,"message":"the key canary-0123 is invalid"}""", HttpStatusCode.BadRequest);

        var result = await CreateAsync(settings => settings[SettingPath.WandbApiKey] = new SecretText("canary-0123"));

        Assert.Contains("the key (secret) is invalid", result.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-0123", result.Failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("canary-0123", Assert.Single(_test.Transport.Requests).Body, StringComparison.Ordinal);
    }

    private string[] Methods => [.. _test.Transport.Requests.Select(request => request.Method)];

    private Task<CreationResult> CreateAsync(Action<JobSettings>? change = null)
    {
        var settings = new JobSettings
        {
            [SettingPath.Dataset] = "accounts/acme/datasets/d",
            ["trainingConfig.epochs"] = 2,
            ["trainingConfig.learningRate"] = 1e-6,
        };
        change?.Invoke(settings);
        return new JobCreator(_test.Client).CreateAsync(
            new ResourceName("acme", ResourceName.DpoJobs, "tone-1"),
            settings,
            TestContext.Current.CancellationToken
        );
    }

    private void Fail(string failure)
    {
        _ = failure switch
        {
            "reset" => _test.Transport.Fail(new HttpRequestException("reset")),
            "aborted" => _test.Transport.Json("""{"code":10,"message":"conflict"}""", HttpStatusCode.Conflict),
            "empty" => _test.Transport.Json(""),
            "not JSON" => _test.Transport.Reply(HttpStatusCode.OK, "<html></html>", "text/html"),
            "error in JSON" => _test.Transport.Json("""{"error":{"message":"x"}}"""),
            "job without a name" => _test.Transport.Json("""{"state":"JOB_STATE_VALIDATING"}"""),
            _ => _test.Transport.Json(
                "{}",
                (HttpStatusCode)int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture)
            ),
        };
    }
}
