using System.Security;
#if NET
using System.Collections.Concurrent;
#endif

namespace Fireworks.DpoJobs;

/// <summary>
/// The files of the official CLI (firectl): <c>~/.fireworks/auth.ini</c> (api_key, account_id) and <c>settings.ini</c>
/// (account_id), or the same files in <c>~/.fireworks/profiles/{name}</c>.
/// </summary>
/// <param name="authenticationPath">The path of the file with the key. Control characters become visible.</param>
internal sealed class FirectlConfig(string authenticationPath)
{
    private const string FolderName = ".fireworks";
    private const string ProfilesName = "profiles";

#if NET
    private static readonly ConcurrentDictionary<string, bool> WarnedFiles = new(StringComparer.Ordinal);
#endif

    /// <summary>The path of the file with the key, for messages.</summary>
    public string AuthenticationPath { get; } = ControlCharacters.MakeVisible(authenticationPath);

    /// <summary>Whether the file with the key exists.</summary>
    public bool Exists { get; private init; }

    /// <summary>The key. Null when the file does not exist or contains none.</summary>
    public string? ApiKey { get; private init; }

    /// <summary>The account, from the file with the key, else from <c>settings.ini</c>. Null when neither contains one.</summary>
    public AccountSource? Account { get; private init; }

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
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FwConfigurationException">A file is malformed or cannot be read, or the profile is not a folder name.</exception>
    public static async Task<FirectlConfig> ReadAsync(
        string homeFolder,
        string? profile,
        Action<string> warn,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(homeFolder.Length > 0 ? homeFolder : "~", FolderName);
        if (profile is not null)
        {
            if (profile is "." or ".." || profile.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            {
                throw new FwConfigurationException(
                    "The profile name is not a valid folder name. A profile is a folder in ~/.fireworks/profiles."
                );
            }
            folder = Path.Combine(folder, ProfilesName, profile);
        }

        var authenticationPath = Path.Combine(folder, "auth.ini");
        if (homeFolder.Length == 0)
        {
            // A relative path would mean the current folder.
            return new FirectlConfig(authenticationPath);
        }
        var settingsPath = Path.Combine(folder, "settings.ini");
        var authentication = await ReadValuesAsync(authenticationPath, cancellationToken).ConfigureAwait(false);
        var settings = await ReadValuesAsync(settingsPath, cancellationToken).ConfigureAwait(false);
        if (Find(authentication, "api_key") is not null)
        {
            WarnWhenOthersCanRead(authenticationPath, warn);
        }
        return new FirectlConfig(authenticationPath)
        {
            Exists = authentication is not null,
            ApiKey = Find(authentication, "api_key"),
            Account = FindAccount(authentication, authenticationPath) ?? FindAccount(settings, settingsPath),
        };
    }

    private static string? Find(IReadOnlyDictionary<string, string>? values, string name) =>
        values is not null && values.TryGetValue(name, out var value) ? value : null;

    private static AccountSource? FindAccount(IReadOnlyDictionary<string, string>? values, string path) =>
        Find(values, "account_id") is { Length: > 0 } account
            ? new AccountSource(account, ControlCharacters.MakeVisible(path))
            : null;

    private static async Task<IReadOnlyDictionary<string, string>?> ReadValuesAsync(
        string path,
        CancellationToken cancellationToken
    ) =>
        await ConfigurationFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } text
            ? IniFile.Parse(text, ControlCharacters.MakeVisible(path))
            : null;

    // Once per process and file. The access control lists of Windows are not checked.
    private static void WarnWhenOthersCanRead(string path, Action<string> warn)
    {
#if NET
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (!OperatingSystem.IsWindows() && (ModeOf(path) & Others) != 0 && WarnedFiles.TryAdd(path, true))
        {
            warn(
                $"Other users of this machine can read the API key in {ControlCharacters.MakeVisible(path)}. "
                    + $"To prevent this: chmod 600 {PowerShellQuoting.Quote(path)}"
            );
        }
#endif
    }

#if NET
    // None when the file was removed after it was read.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOf(string path)
    {
        try
        {
            return File.GetUnixFileMode(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return UnixFileMode.None;
        }
    }
#endif
}
