using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Security;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Connection;

/// <summary>Sources of the key, the address and the account.</summary>
public sealed class ConnectionResolverTests
{
    [Fact]
    public void The_parameter_takes_precedence_over_the_environment()
    {
        var connection = Resolve(Secure("fw_given"), ("FIREWORKS_API_KEY", "fw_environment"));

        Assert.Equal("Bearer fw_given", connection.ApiKey.ToHeader().ToString());
    }

    [Fact]
    public void The_environment_is_used_without_a_parameter()
    {
        var connection = Resolve(
            null,
            ("FIREWORKS_API_KEY", "fw_environment"),
            ("FIREWORKS_ACCOUNT_ID", "acme"),
            ("FIREWORKS_BASE_URL", "http://127.0.0.1:5000")
        );

        Assert.Equal("Bearer fw_environment", connection.ApiKey.ToHeader().ToString());
        Assert.Equal("acme", connection.Account!.ToId());
        Assert.Equal("http://127.0.0.1:5000/", connection.BaseUri.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_address_and_account_the_public_service_and_the_account_of_the_key_are_used(string? unset)
    {
        var connection = Resolve(
            null,
            ("FIREWORKS_API_KEY", "fw_environment"),
            ("FIREWORKS_ACCOUNT_ID", unset),
            ("FIREWORKS_BASE_URL", unset)
        );

        Assert.Equal("https://api.fireworks.ai/", connection.BaseUri.AbsoluteUri);
        Assert.Null(connection.Account);
    }

    [Fact]
    public void The_error_without_a_key_names_the_checked_sources()
    {
        var exception = Assert.Throws<FwConfigurationException>(() => Resolve(null));

        Assert.Contains("No API key was found. Checked, in order: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("-ApiKey", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FIREWORKS_API_KEY", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_key_is_an_error_that_names_its_source_and_no_other_key_is_used()
    {
        var fromEnvironment = Assert.Throws<FwConfigurationException>(() => Resolve(null, ("FIREWORKS_API_KEY", "")));
        var fromParameter = Assert.Throws<FwConfigurationException>(() =>
            Resolve(Secure(""), ("FIREWORKS_API_KEY", "fw_environment"))
        );

        Assert.Equal("The API key from the environment variable FIREWORKS_API_KEY is empty.", fromEnvironment.Message);
        Assert.Equal("The API key from -ApiKey is empty.", fromParameter.Message);
    }

    [Fact]
    public void A_malformed_key_is_an_error_that_names_its_source_but_not_the_key()
    {
        var fromEnvironment = Assert.Throws<FwConfigurationException>(() =>
            Resolve(null, ("FIREWORKS_API_KEY", "fw_Canary\n"))
        );
        var fromParameter = Assert.Throws<FwConfigurationException>(() => Resolve(Secure("fw_Canary\n")));

        Assert.Contains("FIREWORKS_API_KEY", fromEnvironment.Message, StringComparison.Ordinal);
        Assert.Contains("-ApiKey", fromParameter.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", fromEnvironment.ToString() + fromParameter, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_address_is_an_error_that_names_its_source()
    {
        var exception = Assert.Throws<FwConfigurationException>(() =>
            Resolve(null, ("FIREWORKS_API_KEY", "fw_x"), ("FIREWORKS_BASE_URL", "http://api.fireworks.ai"))
        );

        Assert.Contains("FIREWORKS_BASE_URL", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_account_is_an_error_only_when_it_is_used()
    {
        var connection = Resolve(null, ("FIREWORKS_API_KEY", "fw_x"), ("FIREWORKS_ACCOUNT_ID", "A/B"));

        var exception = Assert.Throws<FwConfigurationException>(connection.Account!.ToId);

        Assert.Contains("FIREWORKS_ACCOUNT_ID", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme", "acme")]
    [InlineData("accounts/acme", "acme")]
    public void Accepts_an_account_as_an_id_or_a_full_name(string text, string id)
    {
        Assert.Equal(id, new AccountSource(text, "-AccountId").ToId());
    }

    [Theory]
    [InlineData("")]
    [InlineData("accounts/")]
    [InlineData("accounts/acme/dpoJobs/x")]
    [InlineData("accounts/accounts/acme")]
    [InlineData("Accounts/acme")]
    [InlineData("ACME")]
    [InlineData("../x")]
    [InlineData("a:b")]
    [InlineData("acme ")]
    [InlineData("someone@example.com")]
    public void Rejects_any_other_account_and_names_its_source_and_the_rule(string text)
    {
        var exception = Assert.Throws<FwConfigurationException>(new AccountSource(text, "-AccountId").ToId);

        Assert.StartsWith("The account ID from -AccountId is not valid", exception.Message, StringComparison.Ordinal);
        Assert.Contains("63", exception.Message, StringComparison.Ordinal);
    }

    private static FwConnection Resolve(SecureString? key, params (string Name, string? Value)[] environment)
    {
        var variables = new Dictionary<string, string?>();
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }
        var nowhere = Path.Combine(Path.GetTempPath(), "no-such-home");
        return new ConnectionResolver(name => variables.GetValueOrDefault(name), nowhere, _ => { })
            .ResolveAsync(new ConnectionSettings { ApiKey = key }, TestContext.Current.CancellationToken)
            .GetAwaiter()
            .GetResult();
    }

    private static SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;
}
