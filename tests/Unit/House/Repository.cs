using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    /// <summary>The root folder, which contains the module's manifest.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the source project.</summary>
    public static string Source { get; } = Path.Combine(Root, "src", "Fireworks.DpoJobs");

    /// <summary>The source files below a folder of <see cref="Source"/>, with their contents.</summary>
    public static IEnumerable<(string Path, string Text)> SourceFiles(string folder = "") =>
        Directory
            .EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(Source, path).Replace('\\', '/'), Full: path))
            .Where(file => file.Path.Split('/')[0] is not ("bin" or "obj"))
            .Select(file => (file.Path, File.ReadAllText(file.Full)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fireworks.DpoJobs.psd1")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has Fireworks.DpoJobs.psd1.");
    }
}
