using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Files;

/// <summary>Faults on the second port, as a client receives them.</summary>
public sealed class FileFaultTests
{
    private const string Body = "0123456789";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_is_either_for_the_API_or_for_a_kind_of_file()
    {
        await using var files = await FileClient.StartAsync();
        var metrics = await files.MetricsAddressAsync(FileClient.Completed);
        var log = await files.LogAddressAsync(FileClient.Completed);
        var job = $"{RunningEmulator.Jobs}/{FileClient.Completed}";

        await files.SetFaultsAsync("""{"status":500,"body":{}}""");
        Assert.Equal((200, 200, 500), await StatusesAsync());
        await files.SetFaultsAsync("""{"file":"metrics","status":500}""");
        Assert.Equal((500, 200, 200), await StatusesAsync());
        await files.SetFaultsAsync("""{"file":"log","status":503}""");
        Assert.Equal((200, 503, 200), await StatusesAsync());
        await files.SetFaultsAsync("""{"file":"any","status":503}""");
        Assert.Equal((503, 503, 200), await StatusesAsync());
        await files.SetFaultsAsync("""{"file":"any","path":"/default/dpoJobs/other/*","status":503}""");
        Assert.Equal((200, 200, 200), await StatusesAsync());

        async Task<(int, int, int)> StatusesAsync() =>
            (
                await files.StatusAsync(metrics),
                await files.StatusAsync(log),
                (await files.Emulator.TryGetAsync(job, Stop)).Status
            );
    }

    [Fact]
    public async Task A_response_can_be_replaced_once()
    {
        await using var files = await FileClient.StartAsync();
        var address = await PutAsync(files);
        await files.SetFaultsAsync(
            """{"file":"log","status":403,"body":"<Error/>","repeat":1}""",
            """{"file":"log","status":302,"headers":{"location":"http://127.0.0.1:9/x"},"repeat":1}"""
        );

        Assert.Equal(403, await files.StatusAsync(address));
        using var redirect = await files.SendAsync(address);
        Assert.Equal((302, "http://127.0.0.1:9/x"), ((int)redirect.StatusCode, $"{redirect.Headers.Location}"));
        Assert.Equal(200, await files.StatusAsync(address));
    }

    [Theory]
    [InlineData("\"truncate\":true,\"after\":3", 3)]
    [InlineData("\"reset\":\"midBody\",\"after\":3", 3)]
    [InlineData("\"reset\":\"midBody\"", 5)]
    [InlineData("\"truncate\":true,\"after\":0", 0)]
    public async Task A_response_can_end_after_some_bytes(string fault, int count)
    {
        await using var files = await FileClient.StartAsync();
        var address = await PutAsync(files);
        await files.SetFaultsAsync($$"""{"file":"log",{{fault}}}""");

        using var response = await files.SendAsync(address);

        Assert.Equal((200, Body.Length), ((int)response.StatusCode, response.Content.Headers.ContentLength));
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        var received = new byte[count];
        await body.ReadExactlyAsync(received, Stop);
        Assert.Equal(Body[..count], Encoding.UTF8.GetString(received));
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1], Stop));
    }

    [Fact]
    public async Task A_large_log_can_end_after_some_bytes()
    {
        await using var files = await FileClient.StartAsync();
        await files.ControlAsync("files", """{"logSize":4000000000}""");
        var address = await files.LogAddressAsync(FileClient.Completed);
        await files.SetFaultsAsync("""{"file":"log","truncate":true,"after":100000}""");

        using var response = await files.SendAsync(address);
        await using var body = await response.Content.ReadAsStreamAsync(Stop);

        Assert.Equal(4_000_000_000, response.Content.Headers.ContentLength);
        await body.ReadExactlyAsync(new byte[100_000], Stop);
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1], Stop));
    }

    [Fact]
    public async Task A_response_can_stall_after_some_bytes_until_the_client_disconnects()
    {
        await using var files = await FileClient.StartAsync();
        var address = await PutAsync(files);
        await files.SetFaultsAsync("""{"file":"log","stall":"body","after":4}""");

        var response = await files.SendAsync(address);
        var body = await response.Content.ReadAsStreamAsync(Stop);
        await body.ReadExactlyAsync(new byte[4], Stop);
        var next = body.ReadAsync(new byte[1], Stop).AsTask();

        Assert.False(next.IsCompleted);
        response.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => next);
    }

    [Fact]
    public async Task A_range_can_be_ignored()
    {
        await using var files = await FileClient.StartAsync();
        var address = await PutAsync(files);
        await files.SetFaultsAsync("""{"file":"log","ignoreRange":true}""");

        using var response = await files.SendAsync(address, "bytes=4-");

        Assert.Equal((200, null), ((int)response.StatusCode, response.Content.Headers.ContentRange));
        Assert.Equal(Body, await response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_file_can_change_between_two_requests()
    {
        await using var files = await FileClient.StartAsync();
        var address = await PutAsync(files);
        await files.SetFaultsAsync("""{"file":"log","requests":[2,3],"changedFile":true}""");

        using var first = await files.SendAsync(address);
        using var conditional = await files.SendAsync(address, "bytes=4-", first.Headers.ETag!.Tag);
        using var part = await files.SendAsync(address, "bytes=4-");
        using var last = await files.SendAsync(address);

        var changed = await conditional.Content.ReadAsStringAsync(Stop);
        Assert.Equal((200, 206), ((int)conditional.StatusCode, (int)part.StatusCode));
        Assert.Matches(@"^00:00:00 \[INFO\] [^\n]+\n0123456789$", changed);
        Assert.Equal(changed[4..], await part.Content.ReadAsStringAsync(Stop));
        Assert.Equal(conditional.Headers.ETag, part.Headers.ETag);
        Assert.NotEqual(first.Headers.ETag, part.Headers.ETag);
        Assert.Equal(first.Headers.ETag, last.Headers.ETag);
    }

    [Fact]
    public async Task A_body_can_be_compressed_although_the_client_does_not_accept_it()
    {
        await using var files = await FileClient.StartAsync();
        var address = await PutAsync(files);
        await files.SetFaultsAsync("""{"file":"log","gzip":true}""");

        using var response = await files.SendAsync(address, "bytes=4-");

        Assert.Equal(206, (int)response.StatusCode);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var gzip = new GZipStream(
            await response.Content.ReadAsStreamAsync(Stop),
            CompressionMode.Decompress
        );
        using var reader = new StreamReader(gzip);
        Assert.Equal(Body[4..], await reader.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task Only_the_port_of_the_request_is_closed()
    {
        await using var files = await FileClient.StartAsync();
        var address = await PutAsync(files);
        await files.SetFaultsAsync("""{"file":"log","refuse":60000}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => files.SendAsync(address));
        await Assert.ThrowsAsync<HttpRequestException>(() => files.SendAsync(address));

        var counts = (await files.Emulator.GetAsync("/_emulator/faults", Stop)).AsArray();
        Assert.Equal(1, (int)counts.Single()!["seen"]!);
    }

    [Theory]
    [InlineData("""{"file":"logs","status":500}""", "$.rules[0].file")]
    [InlineData("""{"file":"log","misfits":true}""", "$.rules[0]: a file has no jobs")]
    [InlineData("""{"file":"any","invalidUtf8":true}""", "$.rules[0]: a file has no jobs")]
    [InlineData("""{"ignoreRange":true}""", "$.rules[0]: ignoreRange and changedFile need a file")]
    [InlineData("""{"changedFile":true}""", "$.rules[0]: ignoreRange and changedFile need a file")]
    [InlineData("""{"truncate":true,"after":-1}""", "$.rules[0]: after is less than 0")]
    [InlineData("""{"stall":"headers","after":1}""", "$.rules[0]: after needs truncate, reset midBody or stall body")]
    public async Task Rejects_an_invalid_rule(string rule, string message)
    {
        await using var files = await FileClient.StartAsync();

        var (status, response) = await files.Emulator.PostAsync(
            "/_emulator/faults",
            $$"""{"rules":[{{rule}}]}""",
            Stop
        );

        Assert.Equal(400, status);
        Assert.StartsWith(message, (string)response["error"]!, StringComparison.Ordinal);
    }

    private static async Task<string> PutAsync(FileClient files)
    {
        await files.PutAsync(FileClient.Completed + "/log", Encoding.UTF8.GetBytes(Body));
        return await files.LogAddressAsync(FileClient.Completed);
    }
}
