using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>The recording as a file. It is whole at any moment: each version is written beside it, then moved over it.</summary>
/// <param name="path">The file. What stood there is replaced by the first entry.</param>
/// <param name="comment">Where the recording comes from.</param>
internal sealed class RecordingFile(string path, string comment)
{
    private readonly string _path = Path.GetFullPath(path);
    private readonly List<HarEntry> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>Adds an entry and writes the file. Safe to call from several threads.</summary>
    /// <param name="entry">The entry, without secrets.</param>
    /// <exception cref="IOException">The file cannot be written. The entry comes with the next one.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public void Add(HarEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var next = _path + ".tmp";
            using (var stream = File.Create(next))
            {
                HarJson.Write(stream, CreateLog());
            }
            File.Move(next, _path, overwrite: true);
        }
    }

    private HarLog CreateLog() =>
        new()
        {
            Creator = new HarCreator
            {
                Name = "Fireworks.DpoJobs.Emulator",
                Version = typeof(RecordingFile).Assembly.GetName().Version?.ToString(3) ?? "",
            },
            Comment = comment,
            Entries = _entries,
        };
}
