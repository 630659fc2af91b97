using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Fireworks.DpoJobs.Pester;

/// <summary>The PowerShell that runs the suite.</summary>
internal static class PowerShellProgram
{
    /// <summary>
    /// The program that the environment variable FIREWORKS_TEST_PWSH names (for example, powershell.exe), or else the pwsh.dll
    /// that the build downloads.
    /// </summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("FIREWORKS_TEST_PWSH") is { Length: > 0 } named
            ? named
            : PesterRun.Metadata("PowerShellPath");

    /// <summary>Whether it is Windows PowerShell.</summary>
    public static bool IsWindowsPowerShell =>
        System.IO.Path.GetFileNameWithoutExtension(Path).Equals("powershell", StringComparison.OrdinalIgnoreCase);

    /// <summary>Describes how to start it.</summary>
    public static ProcessStartInfo CreateStartInfo(params IEnumerable<string> arguments) =>
        Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new ProcessStartInfo("dotnet", [Path, .. arguments])
            : new ProcessStartInfo(Path, arguments);
}
