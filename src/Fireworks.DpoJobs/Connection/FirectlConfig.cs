using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>
/// What the official command line (firectl) keeps of a sign-in: <c>~/.fireworks/auth.ini</c> (api_key, account_id) and
/// <c>settings.ini</c> (account_id), or the same pair in <c>~/.fireworks/profiles/{name}</c>.
/// </summary>
internal sealed class FirectlConfig
{
    private const string FolderName = ".fireworks";
    private const string ProfilesName = "profiles";

    private FirectlConfig(string authenticationPath) => AuthenticationPath = authenticationPath;

    /// <summary>The file that holds the key.</summary>
    public string AuthenticationPath { get; }

    /// <summary>Whether that file is there.</summary>
    public bool Exists { get; private set; }

    /// <summary>The key's text. Null when the file is not there, or has none.</summary>
    public string? ApiKey { get; private set; }

    /// <summary>The account, from the file with the key or from the one beside it. Null when neither names one.</summary>
    public AccountSource? Account { get; private set; }

    /// <summary>The names of the profiles that there are, in order. Empty when the folder is not there or cannot be read.</summary>
    /// <param name="homeFolder">The user's home folder.</param>
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
    /// <param name="homeFolder">The user's home folder. Empty for none: then there are no files.</param>
    /// <param name="profile">The profile. Null for none.</param>
    /// <param name="warn">Hears of a file that others can read.</param>
    /// <exception cref="FwConfigurationException">A file is broken or cannot be read, or the profile's name is no name.</exception>
    public static FirectlConfig Read(string homeFolder, string? profile, Action<string> warn)
    {
        var folder = Path.Combine(homeFolder.Length > 0 ? homeFolder : "~", FolderName);
        if (profile is not null)
        {
            if (profile is "." or ".." || profile.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            {
                throw new FwConfigurationException("The profile's name is not the name of a folder.");
            }
            folder = Path.Combine(folder, ProfilesName, profile);
        }

        var files = new FirectlConfig(Path.Combine(folder, "auth.ini"));
        if (homeFolder.Length == 0)
        {
            // Nobody's home is the folder that the process happens to run in.
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
                FilePermissions.WarnWhenOthersCanRead(path, warn);
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
}
