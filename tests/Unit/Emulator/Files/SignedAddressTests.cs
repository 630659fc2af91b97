using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Files;

/// <summary>Who may read the files of jobs, and for how long.</summary>
public sealed class SignedAddressTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_needs_no_key_and_is_on_another_port()
    {
        await using var files = await FileClient.StartAsync();

        var address = new Uri(await files.MetricsAddressAsync(FileClient.Completed));

        Assert.NotEqual(files.Emulator.Client.BaseAddress!.Port, address.Port);
        Assert.True(address.IsLoopback);
        Assert.Matches("X-Goog-Expires=599&.*X-Goog-Signature=[0-9a-f]{64}$", address.Query);
        Assert.Equal(200, await files.StatusAsync(address.AbsoluteUri));
        Assert.Equal(200, await files.StatusAsync(await files.LogAddressAsync(FileClient.Completed)));
    }

    [Fact]
    public async Task The_call_for_an_address_needs_a_key_and_a_job()
    {
        await using var files = await FileClient.StartAsync();
        var call = $"{RunningEmulator.Jobs}/{FileClient.Completed}:getMetricsFileEndpoint";

        var (missing, body) = await files.Emulator.TryGetAsync(
            $"{RunningEmulator.Jobs}/missing:getMetricsFileEndpoint",
            Stop
        );
        var (invalid, _) = await files.Emulator.TryGetAsync(call + "?pageSize=1", Stop);
        var withoutKey = await files.StatusAsync(new Uri(files.Emulator.Client.BaseAddress!, call).AbsoluteUri);

        Assert.Equal((404, 5), (missing, (int)body["code"]!));
        Assert.Equal((400, 401), (invalid, withoutKey));
    }

    [Theory]
    [InlineData(FileClient.Completed, FileClient.CompletedOrpo)]
    [InlineData("metrics.jsonl", "trainer.log")]
    [InlineData("X-Goog-Expires=599", "X-Goog-Expires=9999")]
    [InlineData("X-Goog-Signature=", "X-Goog-Signature=0")]
    [InlineData("X-Goog-Signature=", "X-Goog-Other=")]
    [InlineData("/default/", "/other/")]
    [InlineData("?", "?x=1&")]
    public async Task Rejects_an_address_that_was_changed(string text, string replacement)
    {
        await using var files = await FileClient.StartAsync();
        var address = await files.MetricsAddressAsync(FileClient.Completed);

        using var response = await files.SendAsync(address.Replace(text, replacement, StringComparison.Ordinal));

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains(
            "<Code>SignatureDoesNotMatch</Code>",
            await response.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Rejects_an_address_that_another_emulator_signed()
    {
        await using var files = await FileClient.StartAsync();
        await using var other = await FileClient.StartAsync();
        var address = new Uri(await files.MetricsAddressAsync(FileClient.Completed));
        var port = new Uri(await other.MetricsAddressAsync(FileClient.Completed)).Port;

        Assert.Equal(
            403,
            await files.StatusAsync(
                new UriBuilder(address) { Port = port }
                    .Uri
                    .AbsoluteUri
            )
        );
    }

    [Fact]
    public async Task An_address_expires_on_the_clock_of_the_account()
    {
        await using var files = await FileClient.StartAsync();
        var address = await files.MetricsAddressAsync(FileClient.Completed);

        await files.AdvanceAsync(598);
        var last = await files.StatusAsync(address);
        await files.AdvanceAsync(1);
        using var response = await files.SendAsync(address);

        Assert.Equal((200, 403), (last, (int)response.StatusCode));
        Assert.Contains(
            "<Code>ExpiredToken</Code>",
            await response.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Equal(200, await files.StatusAsync(await files.MetricsAddressAsync(FileClient.Completed)));
    }

    [Fact]
    public async Task The_lifetime_of_addresses_can_be_set()
    {
        await using var files = await FileClient.StartAsync();
        await files.ControlAsync("files", """{"lifetime":5}""");
        var address = await files.MetricsAddressAsync(FileClient.Completed);

        await files.AdvanceAsync(5);

        Assert.Contains("X-Goog-Expires=5&", address, StringComparison.Ordinal);
        Assert.Equal(403, await files.StatusAsync(address));
    }

    [Fact]
    public async Task The_clock_moves_with_each_request_of_a_file()
    {
        await using var files = await FileClient.StartAsync();
        var address = await files.MetricsAddressAsync(FileClient.Completed);
        await files.ControlAsync("clock", """{"perRequest":300}""");

        Assert.Equal((200, 403), (await files.StatusAsync(address), await files.StatusAsync(address)));
    }

    [Fact]
    public async Task Rejects_and_counts_requests_with_an_Authorization_header()
    {
        await using var files = await FileClient.StartAsync();
        var address = await files.MetricsAddressAsync(FileClient.Completed);

        using var response = await files.SendWithHeaderAsync(address, "Authorization", "Bearer fw_test");
        await files.StatusAsync(address);

        Assert.Equal(400, (int)response.StatusCode);
        var status = await files.Emulator.GetAsync("/_emulator/files", Stop);
        Assert.Equal((2, 1), ((int)status["requests"]!, (int)status["withAuthorization"]!));
        await files.Emulator.PostAsync("/_emulator/reset", "", Stop);
        status = await files.Emulator.GetAsync("/_emulator/files", Stop);
        Assert.Equal((0, 0), ((int)status["requests"]!, (int)status["withAuthorization"]!));
    }

    [Fact]
    public async Task The_journal_shows_requests_of_files()
    {
        await using var files = await FileClient.StartAsync();
        var metrics = await files.MetricsAddressAsync(FileClient.Completed);
        var log = await files.LogAddressAsync(FileClient.Completed);
        await files.Emulator.PostAsync("/_emulator/reset", "", Stop);

        using var part = await files.SendAsync(metrics, range: "bytes=7-", ifRange: "\"x\"");
        await files.StatusAsync(log);
        await files.StatusAsync(new Uri(new Uri(log), "/").AbsoluteUri);
        await files.MetricsAddressAsync(FileClient.Completed);

        var requests = (await files.Emulator.GetAsync("/_emulator/requests", Stop)).AsArray();
        Assert.Equal(["metrics", "log", "any", null], requests.Select(request => (string?)request!["file"]));
        Assert.Equal(("bytes=7-", "\"x\""), ((string?)requests[0]!["range"], (string?)requests[0]!["ifRange"]));
        Assert.Null(requests[1]!["range"]);
        Assert.Equal("/default/dpoJobs/refusal-deepseek-000000/trainer.log", (string?)requests[1]!["path"]);
    }

    [Fact]
    public async Task The_second_port_has_no_control_calls_and_only_GET()
    {
        await using var files = await FileClient.StartAsync();
        var address = await files.MetricsAddressAsync(FileClient.Completed);
        using var client = new HttpClient();

        using var posted = await client.PostAsync(new Uri(address), null, Stop);

        Assert.Equal(405, (int)posted.StatusCode);
        Assert.Equal(403, await files.StatusAsync(new Uri(new Uri(address), "/_emulator/requests").AbsoluteUri));
    }
}
