using System.IO;
using Fireworks.DpoJobs.Unit.House;

namespace Fireworks.DpoJobs.Desktop.WindowsPowerShell;

/// <summary>The module for Windows PowerShell 5.1, as it ships.</summary>
internal static class StagedModule
{
    private static readonly string Folder = Path.Combine(Repository.Root, "out", "Fireworks.DpoJobs", "netstandard2.0");

    /// <summary>The path of the module's assembly.</summary>
    public static string Assembly { get; } = Path.Combine(Folder, "Fireworks.DpoJobs.dll");

    /// <summary>The folder of the libraries that ship with it.</summary>
    public static string Dependencies { get; } = Path.Combine(Folder, "dependencies");
}
