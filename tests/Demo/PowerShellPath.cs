using System;
using System.IO;
using System.Linq;

namespace Fireworks.DpoJobs.Demo;

/// <summary>PowerShell 7, where it is installed.</summary>
internal static class PowerShellPath
{
    /// <summary>The first pwsh on PATH. Null when there is none.</summary>
    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
            .FirstOrDefault(File.Exists);
}
