using System;
using System.IO;
using System.Linq;

namespace Fireworks.DpoJobs.Programs;

/// <summary>Programs that a machine has or has not, such as PowerShell 7.</summary>
internal static class ProgramPath
{
    /// <summary>The first program of this name on PATH. Null when there is none.</summary>
    /// <param name="name">The name, without the extension that it has on Windows.</param>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name))
            .FirstOrDefault(File.Exists);
}
