using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Reports;

/// <summary>A headless Chromium with one page, controlled through its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(2));
    private string? _session;
    private int _lastId;

    private Browser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>The program, from FIREWORKS_TEST_CHROMIUM or PATH. Null when there is none.</summary>
    public static string? Program { get; } =
        Environment.GetEnvironmentVariable("FIREWORKS_TEST_CHROMIUM")
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Errors and warnings of the console, exceptions of scripts, and violations of the Content-Security-Policy.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>The addresses of all requests except that of the page itself.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<Browser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory().FullName;
        var start = new ProcessStartInfo(Program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (
            var argument in new[]
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile}",
                "about:blank",
            }
        )
        {
            start.ArgumentList.Add(argument);
        }
        // Whatever it leaves there is removed with the profile.
        start.Environment["TMPDIR"] = profile;
        var browser = new Browser(Process.Start(start)!, profile);
        await browser.ConnectAsync();
        return browser;
    }

    /// <summary>Opens a page and waits until it is loaded.</summary>
    public async Task OpenAsync(string address)
    {
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address });
        while (
            !await EvaluateAsync<bool>(
                $"location.href === {JsonSerializer.Serialize(address)} && document.readyState === 'complete'"
            )
        )
        {
            _timeout.Token.ThrowIfCancellationRequested();
        }
        Requests.Remove(address);
    }

    /// <summary>Evaluates an expression in the page.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var result = await SendAsync(
            "Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["returnByValue"] = true }
        );
        return result["exceptionDetails"] is { } details
            ? throw new InvalidOperationException(details.ToJsonString())
            : result["result"]!["value"]!.GetValue<T>();
    }

    /// <summary>Sends a command of the protocol.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = ++_lastId;
        var message = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters ?? [],
        };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(message.ToJsonString()),
            WebSocketMessageType.Text,
            endOfMessage: true,
            _timeout.Token
        );
        while (true)
        {
            var received = await ReceiveAsync();
            if (received["id"]?.GetValue<int>() == id)
            {
                return received["result"]
                    ?? throw new InvalidOperationException($"{method}: {received["error"]?.ToJsonString()}");
            }
            Note(received);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _timeout.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser may still be writing.
        }
    }

    private async Task ConnectAsync()
    {
        string? address = null;
        while (address is null)
        {
            var line =
                await _process.StandardError.ReadLineAsync(_timeout.Token)
                ?? throw new InvalidOperationException("The browser ended.");
            address = Regex.Match(line, @"^DevTools listening on (ws://127\.0\.0\.1:\S+)$") is { Success: true } match
                ? match.Groups[1].Value
                : null;
        }
        // The browser would block if its messages were not read.
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await _socket.ConnectAsync(new Uri(address), _timeout.Token);
        var targets = await SendAsync("Target.getTargets");
        var page = targets["targetInfos"]!.AsArray().First(target => target!["type"]!.GetValue<string>() == "page");
        var attached = await SendAsync(
            "Target.attachToTarget",
            new JsonObject { ["targetId"] = page!["targetId"]!.GetValue<string>(), ["flatten"] = true }
        );
        _session = attached["sessionId"]!.GetValue<string>();
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await SendAsync(domain + ".enable");
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        var buffer = new byte[65536];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, _timeout.Token);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(message.ToArray())!;
            }
        }
    }

    private void Note(JsonNode message)
    {
        switch (message["method"]?.GetValue<string>())
        {
            case "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded":
                Messages.Add(message["params"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                Requests.Add(message["params"]!["request"]!["url"]!.GetValue<string>());
                break;
        }
    }
}
