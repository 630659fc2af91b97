using System;

namespace Fireworks.DpoJobs;

/// <summary>The user's home folder, where the official command line keeps its files.</summary>
internal static class HomeFolder
{
    /// <summary>HOME where it is set, as for the official command line; else what the system says.</summary>
    public static string Path =>
        Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } folder
            ? folder
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
