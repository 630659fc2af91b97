using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>Order of the sources of a connection: parameter, connection, environment, files. An account is used with its own key only.</summary>
public sealed class ConnectionOrderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("fireworks-home").FullName;
    private readonly Dictionary<string, string> _environment = [];
    private readonly List<string> _warnings = [];

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Files_are_used_when_no_other_source_has_a_key()
    {
        Write("auth.ini", "api_key = fw_file\naccount_id = from-file");

        var connection = Resolve(new());

        Assert.Equal("Bearer fw_file", connection.ApiKey.ToHeader().ToString());
        Assert.Equal("from-file", connection.AccountId);
        Assert.Equal(Path.Combine(_home, ".fireworks", "auth.ini"), connection.ApiKeySource);
    }

    [Fact]
    public void The_account_may_be_in_settings_ini()
    {
        Write("auth.ini", "api_key = fw_file");
        Write("settings.ini", "account_id = from-settings");

        Assert.Equal("from-settings", Resolve(new()).AccountId);
    }

    [Fact]
    public void The_environment_takes_precedence_over_the_files_and_ignores_their_account()
    {
        Write("auth.ini", "api_key = fw_file\naccount_id = from-file");
        _environment["FIREWORKS_API_KEY"] = "fw_environment";

        var connection = Resolve(new());

        Assert.Equal("Bearer fw_environment", connection.ApiKey.ToHeader().ToString());
        Assert.Null(connection.AccountId);
    }

    [Fact]
    public void A_malformed_file_is_not_read_when_the_environment_has_a_key()
    {
        Write("auth.ini", "broken");
        _environment["FIREWORKS_API_KEY"] = "fw_environment";

        Assert.Equal("Bearer fw_environment", Resolve(new()).ApiKey.ToHeader().ToString());
    }

    [Fact]
    public void The_connection_takes_precedence_over_the_environment_with_its_account_address_and_limits()
    {
        _environment["FIREWORKS_API_KEY"] = "fw_environment";
        _environment["FIREWORKS_ACCOUNT_ID"] = "from-environment";
        _environment["FIREWORKS_BASE_URL"] = "https://environment.example";
        var kept = Kept();

        var connection = Resolve(new() { Connection = kept });

        Assert.Equal("Bearer fw_kept", connection.ApiKey.ToHeader().ToString());
        Assert.Equal("kept", connection.AccountId);
        Assert.Equal("https://kept.example/", connection.BaseUri.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(7), connection.Timeout);
        Assert.Equal(5, connection.MaximumRetryCount);
    }

    [Fact]
    public void A_key_from_the_parameter_is_not_combined_with_the_account_of_the_connection()
    {
        var connection = Resolve(new() { Connection = Kept(), ApiKey = Secure("fw_given") });

        Assert.Equal("Bearer fw_given", connection.ApiKey.ToHeader().ToString());
        Assert.Null(connection.AccountId);
        Assert.Equal("https://kept.example/", connection.BaseUri.AbsoluteUri);
    }

    [Fact]
    public void A_profile_parameter_takes_precedence_over_the_environment()
    {
        Write(Path.Combine("profiles", "staging", "auth.ini"), "api_key = fw_staging");
        Write(Path.Combine("profiles", "staging", "settings.ini"), "account_id = from-staging");
        _environment["FIREWORKS_API_KEY"] = "fw_environment";
        _environment["FIREWORKS_ACCOUNT_ID"] = "from-environment";

        var connection = Resolve(new() { Profile = "staging" });

        Assert.Equal("Bearer fw_staging", connection.ApiKey.ToHeader().ToString());
        Assert.Equal("from-staging", connection.AccountId);
    }

    [Fact]
    public void A_profile_in_the_environment_selects_the_files()
    {
        Write("auth.ini", "api_key = fw_file");
        Write(Path.Combine("profiles", "staging", "auth.ini"), "api_key = fw_staging");
        _environment["FIREWORKS_PROFILE"] = "staging";

        Assert.Equal("Bearer fw_staging", Resolve(new()).ApiKey.ToHeader().ToString());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void Rejects_a_profile_that_is_not_a_folder_name(string profile)
    {
        Assert.Throws<FwConfigurationException>(() => Resolve(new() { Profile = profile }));
    }

    [Fact]
    public void The_error_without_a_key_lists_the_sources_in_the_order_they_were_checked()
    {
        var text = Assert.Throws<FwConfigurationException>(() => Resolve(new())).Message;

        string[] sources =
        [
            "-ApiKey",
            "Connect-FwAccount",
            "FIREWORKS_API_KEY",
            Path.Combine(".fireworks", "auth.ini"),
        ];
        var positions = sources.Select(source => text.IndexOf(source, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public void The_error_distinguishes_a_missing_file_from_one_without_a_key()
    {
        var path = Path.Combine(_home, ".fireworks", "auth.ini");

        var missing = Assert.Throws<FwConfigurationException>(() => Resolve(new())).Message;
        Write("auth.ini", "account_id = from-file");
        var empty = Assert.Throws<FwConfigurationException>(() => Resolve(new())).Message;

        Assert.EndsWith($"{path} (file not found).", missing, StringComparison.Ordinal);
        Assert.EndsWith($"{path} (contains no api_key).", empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_home_folder_no_file_in_the_current_folder_is_read()
    {
        string[] folders = ["~", ".fireworks"];
        try
        {
            Directory.CreateDirectory(Path.Combine("~", ".fireworks"));
            File.WriteAllText(Path.Combine("~", ".fireworks", "auth.ini"), "api_key = fw_stray");
            Directory.CreateDirectory(Path.Combine(".fireworks", "profiles", "stray"));
            File.WriteAllText(Path.Combine(".fireworks", "auth.ini"), "api_key = fw_stray");

            var files = await FirectlConfig.ReadAsync("", null, _warnings.Add, TestContext.Current.CancellationToken);

            Assert.Null(files.ApiKey);
            Assert.False(files.Exists);
            Assert.Equal(Path.Combine("~", ".fireworks", "auth.ini"), files.AuthenticationPath);
            Assert.Empty(FirectlConfig.Profiles(""));
        }
        finally
        {
            Array.ForEach(folders, folder => Directory.Delete(folder, recursive: true));
        }
    }

    [Fact]
    public void Profiles_are_the_names_of_the_folders_in_order()
    {
        Assert.Empty(FirectlConfig.Profiles(_home));

        Write(Path.Combine("profiles", "staging", "auth.ini"), "api_key = fw_staging");
        Write(Path.Combine("profiles", "Production", "settings.ini"), "account_id = from-settings");
        Write(Path.Combine("profiles", "no-folder"), "");

        Assert.Equal(["Production", "staging"], FirectlConfig.Profiles(_home));
    }

#if NET
    // File modes exist only on systems that have PowerShell 7.
    [Fact]
    public void Warns_once_about_a_key_file_that_others_can_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access control lists instead of file modes.");
        Write("auth.ini", "api_key = fw_file", UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Resolve(new());
        Resolve(new());

        Assert.EndsWith(
            $"chmod 600 '{Path.Combine(_home, ".fireworks", "auth.ini")}'",
            Assert.Single(_warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Paths_are_shown_like_other_text_and_quoted_in_commands()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow these characters in paths.");
        var home = Path.Combine(_home, "a'; rm -rf x; 'b\u001b[2J\u202e");
        var folder = Directory.CreateDirectory(Path.Combine(home, ".fireworks")).FullName;
        var path = Path.Combine(folder, "auth.ini");
        File.WriteAllText(path, "api_key = fw_file\naccount_id = a/b");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        var connection = Resolve(new(), home);
        var account = Assert.Throws<FwConfigurationException>(connection.Account!.ToId);
        File.WriteAllText(path, "broken");
        var malformed = Assert.Throws<FwConfigurationException>(() => Resolve(new(), home));
        File.Delete(path);
        var missing = Assert.Throws<FwConfigurationException>(() => Resolve(new(), home));
        Directory.CreateDirectory(path);
        var unreadable = Assert.Throws<FwConfigurationException>(() => Resolve(new(), home));

        var warning = Assert.Single(_warnings);
        Assert.Contains("chmod 600 '", warning, StringComparison.Ordinal);
        Assert.Contains("/a''; rm -rf x; ''b␛[2J\ufffd/", warning, StringComparison.Ordinal);
        string[] shown =
        [
            warning,
            connection.ApiKeySource,
            account.Message,
            malformed.Message,
            missing.Message,
            unreadable.Message,
        ];
        Assert.All(shown, text => Assert.Contains("b␛[2J\ufffd/", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain(text, char.IsControl));
    }
#endif

    [Fact]
    public void Does_not_warn_about_a_key_file_that_only_its_owner_can_read()
    {
        Write("auth.ini", "api_key = fw_file");

        Resolve(new());

        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("fw_0123456789abcdef", "cdef")]
    [InlineData("fw_short", null)]
    public void A_connection_shows_only_the_last_four_characters_of_a_long_key(string key, string? end)
    {
        var connection = new FwConnection(new Uri("https://x.example/"), new ApiKey(key, "the test"));

        Assert.Equal(end, connection.ApiKeyEnd);
        Assert.DoesNotContain(key, connection.ToString(), StringComparison.Ordinal);
        Assert.All(
            typeof(FwConnection).GetProperties(),
            property => Assert.DoesNotContain(key, $"{property.GetValue(connection)}", StringComparison.Ordinal)
        );
    }

    private static FwConnection Kept() =>
        new(new Uri("https://kept.example/"), new ApiKey("fw_kept", "the test"))
        {
            Account = new AccountSource("kept", "the test"),
            Timeout = TimeSpan.FromSeconds(7),
            MaximumRetryCount = 5,
        };

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    private FwConnection Resolve(ConnectionSettings settings, string? home = null) =>
        new ConnectionResolver(name => _environment.GetValueOrDefault(name), home ?? _home, _warnings.Add)
            .ResolveAsync(settings, TestContext.Current.CancellationToken)
            .GetAwaiter()
            .GetResult();

    private void Write(string file, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(_home, ".fireworks", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
