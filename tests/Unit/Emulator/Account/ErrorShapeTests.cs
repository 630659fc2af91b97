using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.CommandLine;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class ErrorShapeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/accounts/acme/dpoJobs/nothing-000001", 404, 5)]
    [InlineData("/v1/accounts/other/dpoJobs", 404, 5)]
    [InlineData("/v1/accounts/acme/sftJobs", 404, 5)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=-1", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=ten", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=1&pageSize=2", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?nonsense=1", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?filter=nonsense%3D1", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?orderBy=nonsense", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?readMask=nonsense", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs?pageToken=nonsense", 400, 3)]
    [InlineData("/v1/accounts/acme/dpoJobs/nothing-000001?pageSize=1", 400, 3)]
    public async Task Errors_have_shape_1(string address, int status, int code)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (actual, body) = await emulator.TryGetAsync(address, Stop);

        Assert.Equal(status, actual);
        AssertShape1(code, body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic Zm9v")]
    [InlineData("Bearer ")]
    public async Task Without_a_key_it_is_401_in_shape_1(string? authorization)
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (status, body) = await SendAsync(emulator, authorization);

        Assert.Equal(401, status);
        AssertShape1(16, JsonNode.Parse(body)!);
    }

    [Fact]
    public async Task A_wrong_key_is_403_in_shape_2_and_the_right_one_works()
    {
        await using var emulator = await RunningEmulator.StartAsync(
            new EmulateOptions
            {
                Jobs = 1,
                Now = RunningEmulator.Now,
                Key = "fw_right",
            }
        );

        var (status, body) = await SendAsync(emulator, "Bearer fw_wrong");
        var (right, _) = await SendAsync(emulator, "Bearer fw_right");

        var error = JsonNode.Parse(body)!;
        Assert.Equal(403, status);
        Assert.Equal(["error", "request_id"], error.AsObject().Select(pair => pair.Key));
        Assert.Equal("UNAUTHORIZED", (string)error["error"]!["code"]!);
        Assert.True(Guid.TryParse((string)error["request_id"]!, out _));
        Assert.Equal(200, right);
    }

    [Fact]
    public async Task A_GET_with_a_body_is_refused()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        using var request = new HttpRequestMessage(HttpMethod.Get, RunningEmulator.Jobs);
        request.Content = new StringContent("{}");

        using var response = await emulator.Client.SendAsync(request, Stop);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Another_verb_is_not_implemented()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);

        var (status, body) = await emulator.PostAsync(RunningEmulator.Jobs, "{}", Stop);

        Assert.Equal(501, status);
        AssertShape1(12, body);
    }

    private static void AssertShape1(int code, JsonNode body)
    {
        Assert.Equal(["code", "message", "details"], body.AsObject().Select(pair => pair.Key));
        Assert.Equal(code, (int)body["code"]!);
        Assert.NotEqual("", (string)body["message"]!);
        Assert.EndsWith("google.rpc.ErrorInfo", (string)body["details"]![0]!["@type"]!, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Body)> SendAsync(RunningEmulator emulator, string? authorization)
    {
        using var client = new HttpClient { BaseAddress = emulator.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, RunningEmulator.Jobs);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client.SendAsync(request, Stop);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }
}
