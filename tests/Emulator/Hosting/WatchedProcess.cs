using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>A process known by its id and its start time, so that a later process with the same id is not taken for it.</summary>
internal sealed class WatchedProcess
{
    private readonly int _id;
    private readonly DateTime _started;

    private WatchedProcess(int id, DateTime started)
    {
        _id = id;
        _started = started;
    }

    /// <summary>The process with this id, or null when there is none.</summary>
    public static WatchedProcess? Find(int id) => Started(id) is { } started ? new WatchedProcess(id, started) : null;

    public bool IsRunning() => Started(_id) == _started && !IsZombie(_id);

    private static DateTime? Started(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A process that ended but was not reaped (a container without an init) still has its id on Linux.</summary>
    private static bool IsZombie(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var stat = File.ReadAllText("/proc/" + id.ToString(CultureInfo.InvariantCulture) + "/stat");
            var afterName = stat.LastIndexOf(") ", StringComparison.Ordinal);
            return afterName >= 0 && afterName + 2 < stat.Length && stat[afterName + 2] == 'Z';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
