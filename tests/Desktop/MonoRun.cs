using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Desktop;

/// <summary>Runs the .NET Framework tests on Mono. On Windows, they run directly.</summary>
public sealed class MonoRun
{
    // From bin/<configuration>/net10.0.
    private static readonly string Tests = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "net472", "Fireworks.DpoJobs.Desktop.exe")
    );

    [Fact]
    public async Task All_NET_Framework_tests_pass_on_Mono()
    {
        using var mono = Start();
        mono.StandardInput.Close();
        var errors = mono.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await mono.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await mono.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(mono.ExitCode == 0, $"Exit code {mono.ExitCode}\n{output}\n{await errors}");
        Assert.Matches(@"Total: \d{4}, Errors: 0, Failed: 0, Skipped: 0", output);
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo("mono", [Tests, "-noLogo", "-noColor"])
                {
                    RedirectStandardError = true,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("This is not Windows, and Mono (mono) is not on PATH.");
            throw;
        }
    }
}
