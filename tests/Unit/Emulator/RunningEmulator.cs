using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Hosting;

namespace Fireworks.DpoJobs.Unit.Emulator;

/// <summary>An emulator on a real socket, and a client for it.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    public const string Jobs = "/v1/accounts/acme/dpoJobs";

    public static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EmulatorServer _server;

    private RunningEmulator(EmulatorServer server)
    {
        _server = server;
        Client = new HttpClient { BaseAddress = server.Address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "fw_test");
    }

    public HttpClient Client { get; }

    public static Task<RunningEmulator> StartAsync(int jobs) =>
        StartAsync(new EmulatorOptions { Jobs = jobs, Now = Now });

    public static async Task<RunningEmulator> StartAsync(EmulatorOptions options)
    {
        var account = new DialectRoutes(options);
        return new RunningEmulator(
            await EmulatorServer.StartAsync(
                port: 0,
                account.HandleAsync,
                TextWriter.Null,
                account.Control,
                account.Files
            )
        );
    }

    public async Task<JsonNode> GetAsync(string address, CancellationToken stop) =>
        JsonNode.Parse(await Client.GetStringAsync(new Uri(address, UriKind.Relative), stop))!;

    public async Task<(int Status, JsonNode Body)> TryGetAsync(string address, CancellationToken stop)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.Relative), stop);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(stop))!);
    }

    public async Task<(int Status, JsonNode Body)> PostAsync(string address, string json, CancellationToken stop)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(new Uri(address, UriKind.Relative), content, stop);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(stop))!);
    }

    /// <summary>Reads the names of all jobs, page by page.</summary>
    public async Task<List<string>> NamesAsync(string query, CancellationToken stop)
    {
        var names = new List<string>();
        var token = "";
        do
        {
            var page = await GetAsync($"{Jobs}?{query}&pageToken={token}", stop);
            foreach (var job in page["dpoJobs"]!.AsArray())
            {
                names.Add((string)job!["name"]!);
            }

            token = (string)page["nextPageToken"]!;
        } while (token.Length > 0);

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
