using System;
using System.Diagnostics;
using System.IO;
using System.IO.Pipelines;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator;

public sealed class ProgramTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prints_its_address_serves_requests_and_ends_when_its_input_ends()
    {
        var input = new Pipe();
        var output = new StringWriter();
        var error = new StringWriter();
        var run = Program.RunAsync(
            ["emulate", "--jobs", "3", "--end-with-input", "--log"],
            input.Reader.AsStream(),
            TextWriter.Synchronized(output),
            error,
            Stop
        );
        while (output.ToString().Split('\n').Length < 3)
        {
            Assert.False(run.IsCompleted, error.ToString());
            await Task.Delay(5, Stop);
        }

        using var client = new HttpClient { BaseAddress = new Uri(output.ToString().Split(' ', '\n')[2]) };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer fw_secret");
        await client.GetStringAsync(new Uri("/v1/accounts?pageSize=2", UriKind.Relative), Stop);
        Assert.False(run.IsCompleted);
        await input.Writer.CompleteAsync();

        Assert.Equal(0, await run.WaitAsync(Timeout, Stop));
        Assert.Matches(
            @"^Listening on http://127\.0\.0\.1:\d+\r?\nFiles on http://127\.0\.0\.1:\d+\r?\n$",
            output.ToString()
        );
        Assert.Matches(@"^GET /v1/accounts\?pageSize=2 200 [0-9.]+ ms\r?\n$", error.ToString());
        Assert.DoesNotContain("fw_secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_when_its_input_or_its_parent_process_ends()
    {
        using var parent = Start("emulate --jobs 1 --end-with-input");
        Assert.StartsWith("Listening on ", await ReadLineAsync(parent), StringComparison.Ordinal);
        using var child = Start($"emulate --jobs 1 --parent {parent.Id}");
        Assert.StartsWith("Listening on ", await ReadLineAsync(child), StringComparison.Ordinal);
        Assert.False(parent.HasExited);

        parent.StandardInput.Close();

        await parent.WaitForExitAsync(Stop).WaitAsync(Timeout, Stop);
        await child.WaitForExitAsync(Stop).WaitAsync(Timeout, Stop);
        Assert.Equal((0, 0), (parent.ExitCode, child.ExitCode));
        Assert.Matches(@"^Files on \S+\r?\n$", await child.StandardOutput.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task Ignores_Ctrl_C_if_it_has_a_parent_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var parent = Start("emulate --jobs 1 --end-with-input");
        using var child = Start($"emulate --jobs 1 --parent {parent.Id}");
        Assert.StartsWith("Listening on ", await ReadLineAsync(child), StringComparison.Ordinal);

        using var kill = Process.Start("kill", ["-INT", $"{child.Id}"]);
        await kill.WaitForExitAsync(Stop);

        Assert.Equal(0, kill.ExitCode);
        Assert.False(child.WaitForExit(TimeSpan.FromSeconds(0.5)));
        parent.StandardInput.Close();
        await child.WaitForExitAsync(Stop).WaitAsync(Timeout, Stop);
    }

    [Fact]
    public async Task Exits_with_code_2_for_invalid_arguments()
    {
        var (code, output, error) = await RunAsync("emulate", "--jobs", "many");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--jobs 'many'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exits_with_code_1_if_the_port_is_in_use()
    {
        await using var other = await RunningEmulator.StartAsync(jobs: 0);
        var port = other.Client.BaseAddress!.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var (code, output, error) = await RunAsync("emulate", "--port", port);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(port, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_its_help_text()
    {
        var (code, output, error) = await RunAsync("--help");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--recordings", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var run = Program.RunAsync(args, Stream.Null, output, error, Stop);
        return (await run.WaitAsync(Timeout, Stop), output.ToString(), error.ToString());
    }

    private static async Task<string> ReadLineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(Timeout, Stop)
        ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Stop));

    private static Process Start(string args) =>
        Process.Start(
            new ProcessStartInfo("dotnet", $"\"{typeof(Program).Assembly.Location}\" {args}")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
