using System;
using System.Net;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Finds the account of a key when none is named.</summary>
public sealed class AccountTests
{
    private const string One = """{"accounts":[{"name":"accounts/acme"}]}""";

    [Fact]
    public async Task Finds_the_only_account_of_a_key()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(One);

        Assert.Equal("acme", await FindAsync(test));

        Assert.Equal("https://api.fireworks.ai/v1/accounts?pageSize=2", Assert.Single(test.Transport.Requests).Uri);
        Assert.Contains("1 account", Assert.Single(test.Log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"accounts":[]}""")]
    [InlineData("""{"accounts":null}""")]
    [InlineData("""{"accounts":[{}]}""")]
    [InlineData("""{"accounts":[{"name":"acme"}]}""")]
    [InlineData("""{"accounts":[{"name":"accounts/../x"}]}""")]
    [InlineData("""{"accounts":[{"name":"accounts/a:b"}]}""")]
    [InlineData("""{"accounts":[null]}""")]
    public async Task Reports_how_to_name_an_account_when_the_key_has_none(string body)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body);

        var exception = await Assert.ThrowsAsync<FwConfigurationException>(() => FindAsync(test));

        Assert.Contains("no account", exception.Message, StringComparison.Ordinal);
        AssertExplainsHowToNameAnAccount(exception);
    }

    [Fact]
    public async Task Reports_how_to_name_an_account_when_the_key_has_several()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"accounts":[{"name":"accounts/a"},{"name":"accounts/b"}],"nextPageToken":"t"}""");

        var exception = await Assert.ThrowsAsync<FwConfigurationException>(() => FindAsync(test));

        Assert.Contains("more than one account", exception.Message, StringComparison.Ordinal);
        AssertExplainsHowToNameAnAccount(exception);
    }

    [Fact]
    public async Task Reports_the_error_of_the_service_when_it_rejects_the_key()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(
            """{"error":{"message":"The API key you provided is invalid."}}""",
            HttpStatusCode.Forbidden
        );

        var exception = await Assert.ThrowsAsync<FwApiException>(() => FindAsync(test));

        Assert.Equal(403, exception.StatusCode);
        Assert.Contains("/v1/accounts?pageSize=2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_the_account_of_a_key_once_per_process()
    {
        using var test = new ClientUnderTest(baseUri: "https://once.example/");
        test.Transport.Json(One);

        Assert.Equal("acme", await LookUpAsync(test));
        Assert.Equal("acme", await LookUpAsync(test));

        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Requests_the_account_again_for_another_key_or_address()
    {
        using var test = new ClientUnderTest(baseUri: "https://again.example/");
        test.Transport.Json(One)
            .Json("""{"accounts":[{"name":"accounts/other-key"}]}""")
            .Json("""{"accounts":[{"name":"accounts/other-place"}]}""");
        var first = test.Connection;
        var otherKey = new FwConnection(first.BaseUri, new ApiKey("fw_another", "the test"));
        var otherPlace = new FwConnection(new Uri("https://elsewhere.example/"), first.ApiKey);

        Assert.Equal("acme", await LookUpAsync(test, first));
        Assert.Equal("other-key", await LookUpAsync(test, otherKey));
        Assert.Equal("other-place", await LookUpAsync(test, otherPlace));
    }

    [Fact]
    public async Task Does_not_remember_a_failed_lookup()
    {
        using var test = new ClientUnderTest(baseUri: "https://failed-once.example/");
        test.Transport.Json("{}", HttpStatusCode.Forbidden).Json(One);

        await Assert.ThrowsAsync<FwApiException>(() => LookUpAsync(test));

        Assert.Equal("acme", await LookUpAsync(test));
    }

    private static Task<string> FindAsync(ClientUnderTest test) =>
        test.Client.FindAccountIdAsync(TestContext.Current.CancellationToken);

    private static Task<string> LookUpAsync(ClientUnderTest test, FwConnection? connection = null) =>
        test.ClientFor(connection ?? test.Connection).FindAccountIdOnceAsync(TestContext.Current.CancellationToken);

    private static void AssertExplainsHowToNameAnAccount(FwConfigurationException exception)
    {
        Assert.Contains("-AccountId", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FIREWORKS_ACCOUNT_ID", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientUnderTest.Key, exception.Message, StringComparison.Ordinal);
    }
}
