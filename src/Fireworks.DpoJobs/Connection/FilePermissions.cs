using System;
#if NET
using System.Collections.Concurrent;
using System.IO;
#endif

namespace Fireworks.DpoJobs;

/// <summary>Who can read a file that holds a key.</summary>
internal static class FilePermissions
{
#if NET
    private static readonly ConcurrentDictionary<string, bool> Warned = new(StringComparer.Ordinal);
#endif

    /// <summary>Warns, once a process and file, when others than the owner can read it. On Windows, access lists are not looked at.</summary>
    public static void WarnWhenOthersCanRead(string path, Action<string> warn)
    {
#if NET
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0 && Warned.TryAdd(path, true))
        {
            warn($"Other users of this machine can read the API key in {path}. To change that: chmod 600 '{path}'");
        }
#endif
    }
}
