using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>Parameter, connection, environment, files: the first hit wins, and an account goes with its own key.</summary>
public sealed class ConnectionOrderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("fireworks-home").FullName;
    private readonly Dictionary<string, string> _environment = [];
    private readonly List<string> _warnings = [];

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void The_files_come_last()
    {
        Write("auth.ini", "api_key = fw_file\naccount_id = from-file");

        var connection = Resolve(new());

        Assert.Equal("Bearer fw_file", connection.ApiKey.ToHeader().ToString());
        Assert.Equal("from-file", connection.AccountId);
        Assert.Equal(Path.Combine(_home, ".fireworks", "auth.ini"), connection.ApiKeySource);
    }

    [Fact]
    public void The_account_may_stand_in_the_file_beside_the_key()
    {
        Write("auth.ini", "api_key = fw_file");
        Write("settings.ini", "account_id = from-settings");

        Assert.Equal("from-settings", Resolve(new()).AccountId);
    }

    [Fact]
    public void The_environment_goes_before_the_files_and_leaves_their_account_alone()
    {
        Write("auth.ini", "api_key = fw_file\naccount_id = from-file");
        _environment["FIREWORKS_API_KEY"] = "fw_environment";

        var connection = Resolve(new());

        Assert.Equal("Bearer fw_environment", connection.ApiKey.ToHeader().ToString());
        Assert.Null(connection.AccountId);
    }

    [Fact]
    public void A_broken_file_is_no_matter_when_the_environment_has_the_key()
    {
        Write("auth.ini", "broken");
        _environment["FIREWORKS_API_KEY"] = "fw_environment";

        Assert.Equal("Bearer fw_environment", Resolve(new()).ApiKey.ToHeader().ToString());
    }

    [Fact]
    public void The_connection_goes_before_the_environment_with_its_account_address_and_limits()
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
    public void A_key_given_with_a_call_does_not_take_the_account_of_the_connections_key()
    {
        var connection = Resolve(new() { Connection = Kept(), ApiKey = Secure("fw_given") });

        Assert.Equal("Bearer fw_given", connection.ApiKey.ToHeader().ToString());
        Assert.Null(connection.AccountId);
        Assert.Equal("https://kept.example/", connection.BaseUri.AbsoluteUri);
    }

    [Fact]
    public void A_profile_that_is_asked_for_goes_before_the_environment()
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
    public void A_profile_of_the_environment_names_the_files()
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
    public void A_profile_is_a_folders_name(string profile)
    {
        Assert.Throws<FwConfigurationException>(() => Resolve(new() { Profile = profile }));
    }

    [Fact]
    public void Without_a_key_every_place_is_listed_in_the_order_of_looking()
    {
        var text = Assert.Throws<FwConfigurationException>(() => Resolve(new())).Message;

        string[] places = ["-ApiKey", "Connect-FwAccount", "FIREWORKS_API_KEY", Path.Combine(".fireworks", "auth.ini")];
        var positions = places.Select(place => text.IndexOf(place, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public void A_file_that_is_missing_is_told_from_one_without_a_key()
    {
        var path = Path.Combine(_home, ".fireworks", "auth.ini");

        var missing = Assert.Throws<FwConfigurationException>(() => Resolve(new())).Message;
        Write("auth.ini", "account_id = from-file");
        var empty = Assert.Throws<FwConfigurationException>(() => Resolve(new())).Message;

        Assert.EndsWith($"{path} (there is no such file).", missing, StringComparison.Ordinal);
        Assert.EndsWith($"{path} (no api_key there).", empty, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_home_the_folder_that_the_process_runs_in_is_not_taken_for_one()
    {
        string[] folders = ["~", ".fireworks"];
        try
        {
            Directory.CreateDirectory(Path.Combine("~", ".fireworks"));
            File.WriteAllText(Path.Combine("~", ".fireworks", "auth.ini"), "api_key = fw_stray");
            Directory.CreateDirectory(Path.Combine(".fireworks", "profiles", "stray"));
            File.WriteAllText(Path.Combine(".fireworks", "auth.ini"), "api_key = fw_stray");

            var files = FirectlConfig.Read("", null, _warnings.Add);

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
    public void Profiles_are_the_folders_that_there_are_in_order()
    {
        Assert.Empty(FirectlConfig.Profiles(_home));

        Write(Path.Combine("profiles", "staging", "auth.ini"), "api_key = fw_staging");
        Write(Path.Combine("profiles", "Production", "settings.ini"), "account_id = from-settings");
        Write(Path.Combine("profiles", "no-folder"), "");

        Assert.Equal(["Production", "staging"], FirectlConfig.Profiles(_home));
    }

#if NET
    // Modes are those of systems that have PowerShell 7 only.
    [Fact]
    public void A_file_that_others_can_read_is_warned_of_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        Write("auth.ini", "api_key = fw_file", UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Resolve(new());
        Resolve(new());

        Assert.Contains("chmod 600", Assert.Single(_warnings), StringComparison.Ordinal);
    }
#endif

    [Fact]
    public void A_file_of_the_owner_alone_is_not_warned_of()
    {
        Write("auth.ini", "api_key = fw_file");

        Resolve(new());

        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("fw_0123456789abcdef", "cdef")]
    [InlineData("fw_short", null)]
    public void A_connection_shows_the_last_four_characters_of_a_long_key_and_nothing_else_of_it(
        string key,
        string? end
    )
    {
        var connection = new FwConnection(new Uri("https://x.example/"), ApiKey.Create(key, "the test"));

        Assert.Equal(end, connection.ApiKeyEnd);
        Assert.DoesNotContain(key, connection.ToString(), StringComparison.Ordinal);
        Assert.All(
            typeof(FwConnection).GetProperties(),
            property => Assert.DoesNotContain(key, $"{property.GetValue(connection)}", StringComparison.Ordinal)
        );
    }

    private static FwConnection Kept() =>
        new(new Uri("https://kept.example/"), ApiKey.Create("fw_kept", "the test"))
        {
            Account = new AccountSource("kept", "the test"),
            Timeout = TimeSpan.FromSeconds(7),
            MaximumRetryCount = 5,
        };

    private static System.Security.SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    private FwConnection Resolve(ConnectionSettings settings) =>
        new ConnectionResolver(name => _environment.GetValueOrDefault(name), _home, _warnings.Add).Resolve(settings);

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
