using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Paths that users type.</summary>
internal static class FileParameter
{
    private const string FileSystem = "FileSystem";

    /// <summary>The full path of a file or folder, which need not exist. Wildcards are not expanded.</summary>
    /// <exception cref="FwFileException">The path is not in the file system.</exception>
    public static string ResolveFile(this PSCmdlet cmdlet, string path)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == FileSystem
            ? full
            : throw new FwFileException($"'{ControlCharacters.MakeVisible(path)}' is not in the file system.");
    }
}
