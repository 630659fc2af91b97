using System.Security;
#if NET
using System.Collections.Concurrent;
#endif

namespace Fireworks.DpoJobs;

/// <summary>
/// The files of the official CLI (firectl): <c>~/.fireworks/auth.ini</c> (api_key, account_id) and <c>settings.ini</c>
/// (account_id), or the same files in <c>~/.fireworks/profiles/{name}</c>.
/// </summary>
internal sealed class FirectlConfig
{
    private const string FolderName = ".fireworks";
    private const string ProfilesName = "profiles";

#if NET
    private static readonly ConcurrentDictionary<string, bool> WarnedFiles = new(StringComparer.Ordinal);
#endif

    private FirectlConfig(string authenticationPath) => AuthenticationPath = authenticationPath;

    /// <summary>The path of the file with the key.</summary>
    public string AuthenticationPath { get; }

    /// <summary>Whether the file with the key exists.</summary>
    public bool Exists { get; private set; }

    /// <summary>The key. Null when the file does not exist or contains none.</summary>
    public string? ApiKey { get; private set; }

    /// <summary>The account, from the file with the key, else from <c>settings.ini</c>. Null when neither contains one.</summary>
    public AccountSource? Account { get; private set; }

    /// <summary>
    /// The user's home folder: HOME where it is set, as in firectl; else that of the operating system. Empty when there is
    /// none.
    /// </summary>
    public static string HomeFolder =>
        Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } folder
            ? folder
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The names of the profiles, sorted. Empty when their folder does not exist or cannot be read.</summary>
    /// <param name="homeFolder">The user's home folder. Empty when there is none.</param>
    public static IReadOnlyList<string> Profiles(string homeFolder)
    {
        if (homeFolder.Length == 0)
        {
            return [];
        }
        try
        {
            return
            [
                .. new DirectoryInfo(Path.Combine(homeFolder, FolderName, ProfilesName))
                    .EnumerateDirectories()
                    .Select(folder => folder.Name)
                    .OrderBy(name => name, StringComparer.Ordinal),
            ];
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or SecurityException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            return [];
        }
    }

    /// <summary>Reads the files.</summary>
    /// <param name="homeFolder">The user's home folder. Empty when there is none; then no file is read.</param>
    /// <param name="profile">The profile. Null for none.</param>
    /// <param name="warn">Receives a warning about a key file that other users can read.</param>
    /// <exception cref="FwConfigurationException">A file is malformed or cannot be read, or the profile is not a folder name.</exception>
    public static FirectlConfig Read(string homeFolder, string? profile, Action<string> warn)
    {
        var folder = Path.Combine(homeFolder.Length > 0 ? homeFolder : "~", FolderName);
        if (profile is not null)
        {
            if (profile is "." or ".." || profile.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            {
                throw new FwConfigurationException("The profile name is not a valid folder name.");
            }
            folder = Path.Combine(folder, ProfilesName, profile);
        }

        var files = new FirectlConfig(Path.Combine(folder, "auth.ini"));
        if (homeFolder.Length == 0)
        {
            // A relative path would mean the current folder.
            return files;
        }
        foreach (var path in new[] { files.AuthenticationPath, Path.Combine(folder, "settings.ini") })
        {
            if (ReadValues(path) is not { } values)
            {
                continue;
            }
            files.Exists |= path == files.AuthenticationPath;
            if (path == files.AuthenticationPath && values.TryGetValue("api_key", out var key))
            {
                files.ApiKey = key;
                WarnWhenOthersCanRead(path, warn);
            }
            if (files.Account is null && values.TryGetValue("account_id", out var account) && account.Length > 0)
            {
                files.Account = new AccountSource(account, path);
            }
        }
        return files;
    }

    private static IReadOnlyDictionary<string, string>? ReadValues(string path)
    {
        try
        {
            return IniFile.Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FwConfigurationException($"{path} cannot be read: {exception.Message}");
        }
    }

    // Once per process and file. The access control lists of Windows are not checked.
    private static void WarnWhenOthersCanRead(string path, Action<string> warn)
    {
#if NET
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & Others) != 0
            && WarnedFiles.TryAdd(path, true)
        )
        {
            warn($"Other users of this machine can read the API key in {path}. To prevent this: chmod 600 '{path}'");
        }
#endif
    }
}
