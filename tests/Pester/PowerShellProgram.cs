using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Fireworks.DpoJobs.Pester;

/// <summary>The PowerShell that runs the suite.</summary>
internal static class PowerShellProgram
{
    /// <summary>
    /// The program in the environment variable FIREWORKS_TEST_PWSH (for example, powershell.exe), or otherwise the pwsh.dll
    /// that the build compiles ahead of time (PowerShell.targets).
    /// </summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("FIREWORKS_TEST_PWSH") is { Length: > 0 } named
            ? named
            : PesterRun.Metadata("PowerShellPath");

    /// <summary>Whether the suite runs in Windows PowerShell.</summary>
    public static bool IsWindowsPowerShell =>
        System.IO.Path.GetFileNameWithoutExtension(Path).Equals("powershell", StringComparison.OrdinalIgnoreCase);

    /// <summary>Creates the start information for a process of this PowerShell.</summary>
    public static ProcessStartInfo CreateStartInfo(params IEnumerable<string> arguments) =>
        Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new ProcessStartInfo("dotnet", [Path, .. arguments])
            : new ProcessStartInfo(Path, arguments);
}
