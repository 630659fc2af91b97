using System;
using System.IO;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

/// <summary>A folder of a test's own.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("har-").FullName;

    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a recording and returns its path.</summary>
    public string Write(string name, params HarEntry[] entries)
    {
        using var stream = File.Create(Combine(name));
        HarJson.Write(stream, new HarLog { Entries = entries });
        return Combine(name);
    }

    /// <summary>Writes text and returns its path.</summary>
    public string WriteText(string name, string text)
    {
        File.WriteAllText(Combine(name), text);
        return Combine(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
