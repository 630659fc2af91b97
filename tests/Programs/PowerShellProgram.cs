using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;

namespace Fireworks.DpoJobs.Programs;

/// <summary>The PowerShell that runs scripts for the tests.</summary>
internal static class PowerShellProgram
{
    /// <summary>
    /// The program that the environment variable FIREWORKS_TEST_PWSH names (for example, powershell.exe), or else the pwsh.dll that
    /// PowerShell.props downloads.
    /// </summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("FIREWORKS_TEST_PWSH") is { Length: > 0 } named
            ? named
            : typeof(PowerShellProgram)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "PowerShellPath")
                .Value!;

    /// <summary>Whether it is Windows PowerShell.</summary>
    public static bool IsWindowsPowerShell =>
        System.IO.Path.GetFileNameWithoutExtension(Path).Equals("powershell", StringComparison.OrdinalIgnoreCase);

    /// <summary>Describes how to start it.</summary>
    public static ProcessStartInfo CreateStartInfo(params IEnumerable<string> arguments) =>
        Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new ProcessStartInfo("dotnet", [Path, .. arguments])
            : new ProcessStartInfo(Path, arguments);
}
