using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Emulator.Replay;

/// <summary>Reads the entries of one recording, or of those in a directory.</summary>
internal static class ReplayEntries
{
    /// <summary>All entries, in the order of files' names and of the entries in them.</summary>
    /// <param name="path">A HAR file, or a directory. What is below the directory is not read.</param>
    /// <exception cref="HarFormatException">A file cannot be read or replayed, or the directory has none.</exception>
    public static IReadOnlyList<ReplayEntry> Load(string path) =>
        [
            .. FindFiles(path)
                .SelectMany(file =>
                    HarJson
                        .Read(file)
                        .Entries.Select((entry, index) => new ReplayEntry(Path.GetFileName(file), index, entry))
                ),
        ];

    private static List<string> FindFiles(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }
        var files = Directory.GetFiles(path, "*.har").Order(StringComparer.Ordinal).ToList();
        return files.Count > 0
            ? files
            : throw new HarFormatException(path, place: null, "there is no *.har file in this directory");
    }
}
