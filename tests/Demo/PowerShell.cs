using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Demo;

/// <summary>The PowerShell version of the repository's tool manifest.</summary>
/// <param name="root">The root folder of the repository.</param>
internal sealed class PowerShell(string root)
{
    /// <summary>Restores the tools of the repository. Prints the reason and returns false if that fails.</summary>
    public async Task<bool> TryRestoreAsync()
    {
        using var restore = Process.Start(
            new ProcessStartInfo("dotnet", ["tool", "restore"])
            {
                WorkingDirectory = root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = restore.StandardError.ReadToEndAsync();
        var output = await restore.StandardOutput.ReadToEndAsync();
        await restore.WaitForExitAsync();
        if (restore.ExitCode == 0)
        {
            return true;
        }
        await Console.Error.WriteLineAsync($"PowerShell could not be restored.\n{output}{await errors}");
        return false;
    }

    /// <summary>Runs PowerShell in this console, connected to the emulator, and returns its exit code.</summary>
    public async Task<int> RunAsync(Uri emulator, params string[] arguments)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("dotnet", ["tool", "run", "pwsh", "-NoLogo", "-NoProfile", .. arguments])
            {
                WorkingDirectory = root,
                Environment =
                {
                    ["FIREWORKS_BASE_URL"] = emulator.AbsoluteUri,
                    ["FIREWORKS_API_KEY"] = "fw_demo",
                    ["FIREWORKS_ACCOUNT_ID"] = null,
                    ["FIREWORKS_PROFILE"] = null,
                    ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
                    ["POWERSHELL_UPDATECHECK"] = "Off",
                },
            }
        )!;
        await shell.WaitForExitAsync();
        return shell.ExitCode;
    }
}
