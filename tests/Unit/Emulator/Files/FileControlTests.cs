using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Files;

/// <summary>The calls with which a test changes the files of jobs.</summary>
public sealed class FileControlTests
{
    private static readonly byte[] Content = [0, 0xFF, (byte)'\r', (byte)'\n', (byte)'x'];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("metrics")]
    [InlineData("log")]
    public async Task A_file_can_be_replaced_and_extended_and_removed(string name)
    {
        await using var files = await FileClient.StartAsync();
        var file = FileClient.Completed + "/" + name;
        var generated = await ReadAsync();

        await files.PutAsync(file, Content);
        Assert.Equal(Content, await ReadAsync());
        await files.PutAsync(file + "/append", [1, 2]);
        var extended = await ReadAsync();
        Assert.Equal([.. Content, 1, 2], extended);
        await files.PutAsync(file, []);
        Assert.Empty(await ReadAsync());
        using var removed = await files.Emulator.Client.DeleteAsync(
            new Uri("/_emulator/files/" + file, UriKind.Relative),
            Stop
        );
        Assert.Equal(generated, await ReadAsync());

        async Task<byte[]> ReadAsync()
        {
            var address =
                name == "log"
                    ? await files.LogAddressAsync(FileClient.Completed)
                    : await files.MetricsAddressAsync(FileClient.Completed);
            var served = await files.BytesAsync(address);
            var control = new Uri("/_emulator/files/" + file, UriKind.Relative);
            Assert.Equal(served, await files.Emulator.Client.GetByteArrayAsync(control, Stop));
            return served;
        }
    }

    [Fact]
    public async Task A_job_that_was_never_trained_can_receive_a_file()
    {
        await using var files = await FileClient.StartAsync();

        var (before, _) = await files.Emulator.TryGetAsync($"/_emulator/files/{FileClient.Pending}/metrics", Stop);
        await files.PutAsync(FileClient.Pending + "/metrics/append", "{}\n"u8.ToArray());

        Assert.Equal(404, before);
        Assert.Equal("{}\n", await files.MetricsAsync(FileClient.Pending));
    }

    [Fact]
    public async Task A_restored_account_has_its_generated_files_and_default_settings()
    {
        await using var files = await FileClient.StartAsync();
        var generated = await files.MetricsAsync(FileClient.Completed);
        await files.PutAsync(FileClient.Completed + "/metrics", Content);
        await files.ControlAsync("files", """{"lifetime":1,"logSize":2,"metricSteps":3}""");
        await files.ControlAsync("files", """{"lifetime":4}""");
        Assert.Equal((4, 2, 3), await SettingsAsync());

        await files.ControlAsync("restore", "");

        Assert.Equal((599, 262_144, 1000), await SettingsAsync());
        Assert.Equal(generated, await files.MetricsAsync(FileClient.Completed));

        async Task<(int, int, int)> SettingsAsync()
        {
            var status = await files.Emulator.GetAsync("/_emulator/files", Stop);
            return ((int)status["lifetime"]!, (int)status["logSize"]!, (int)status["metricSteps"]!);
        }
    }

    [Theory]
    [InlineData("/_emulator/files", """{"lifetime":-1}""", 400, "$.lifetime")]
    [InlineData("/_emulator/files", """{"logSize":-1}""", 400, "$.logSize")]
    [InlineData("/_emulator/files", """{"metricSteps":0}""", 400, "$.metricSteps")]
    [InlineData("/_emulator/files", """{"size":1}""", 400, "$.size")]
    [InlineData("/_emulator/files/missing/metrics", "x", 400, "There is no job 'missing'")]
    [InlineData("/_emulator/files/" + FileClient.Completed + "/metrik", "x", 404, "Unknown call")]
    [InlineData("/_emulator/files/" + FileClient.Completed + "/log/insert", "x", 404, "Unknown call")]
    public async Task Rejects_invalid_calls_that_change_files(string call, string body, int status, string message)
    {
        await using var files = await FileClient.StartAsync();

        var (received, response) = await files.Emulator.PostAsync(call, body, Stop);

        Assert.Equal(status, received);
        Assert.StartsWith(message, (string)response["error"]!, StringComparison.Ordinal);
    }
}
