using System;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Files;

/// <summary>An emulator of 40 jobs, and a client for its second port, which sends no key and follows no redirect.</summary>
internal sealed class FileClient : IAsyncDisposable
{
    public const string Completed = "refusal-deepseek-000000";
    public const string CompletedOrpo = "weekly-llama-000009";
    public const string FailedAtStep703 = "helpdesk-gemma-000004";
    public const string FailedBeforeTraining = "code-review-gemma-000037";
    public const string Pending = "safety-llama-000008";
    public const string Running = "safety-mixtral-000025";

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private FileClient(RunningEmulator emulator) => Emulator = emulator;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public RunningEmulator Emulator { get; }

    public static async Task<FileClient> StartAsync(ulong seed = 1) =>
        new(
            await RunningEmulator.StartAsync(
                new EmulatorOptions
                {
                    Jobs = 40,
                    Now = RunningEmulator.Now,
                    Seed = seed,
                }
            )
        );

    /// <summary>Returns the signed address of the metrics of a job; empty if there are none.</summary>
    public async Task<string> MetricsAddressAsync(string id, string dialect = "") =>
        (string)
            (await Emulator.GetAsync($"{dialect}{RunningEmulator.Jobs}/{id}:getMetricsFileEndpoint", Stop))[
                "signedUrl"
            ]!;

    /// <summary>Returns the signed address of the log of a job.</summary>
    public async Task<string> LogAddressAsync(string id, string dialect = "") =>
        (string)(await Emulator.GetAsync($"{dialect}{RunningEmulator.Jobs}/{id}", Stop))["trainerLogsSignedUrl"]!;

    public Task<HttpResponseMessage> SendAsync(string address, string? range = null, string? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        Add(request, "Range", range);
        Add(request, "If-Range", ifRange);
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    public Task<HttpResponseMessage> SendWithHeaderAsync(string address, string name, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        Add(request, name, value);
        return _client.SendAsync(request, Stop);
    }

    public async Task<int> StatusAsync(string address)
    {
        using var response = await SendAsync(address);
        return (int)response.StatusCode;
    }

    public async Task<byte[]> BytesAsync(string address)
    {
        using var response = await SendAsync(address);
        Assert.Equal(200, (int)response.StatusCode);
        var bytes = await response.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
        return bytes;
    }

    public async Task<string> TextAsync(string address) => Encoding.UTF8.GetString(await BytesAsync(address));

    public async Task<string> MetricsAsync(string id, string dialect = "") =>
        await TextAsync(await MetricsAddressAsync(id, dialect));

    public async Task PutAsync(string file, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        using var response = await Emulator.Client.PostAsync(
            new Uri("/_emulator/files/" + file, UriKind.Relative),
            body,
            Stop
        );
        Assert.Equal(200, (int)response.StatusCode);
    }

    public Task SetStateAsync(string id, string state) =>
        ControlAsync("state", $$"""{"job":"{{id}}","state":"{{state}}"}""");

    public Task AdvanceAsync(int seconds) => ControlAsync("clock", $$"""{"advance":{{seconds}}}""");

    public Task SetFaultsAsync(params string[] rules) =>
        ControlAsync("faults", $$"""{"rules":[{{string.Join(',', rules)}}]}""");

    public async Task ControlAsync(string call, string body)
    {
        var (status, response) = await Emulator.PostAsync("/_emulator/" + call, body, Stop);
        Assert.True(status == 200, response.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Emulator.DisposeAsync();
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
