using System;
using System.Net;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>What is told of a filter that the service refuses.</summary>
public sealed class FilterRefusalTests
{
    private const string Refusal = """{"code":3,"message":"invalid filter"}""";

    [Fact]
    public async Task A_filter_that_is_not_well_formed_is_told_with_its_place_underlined()
    {
        var exception = await FailAsync("state = )");

        Assert.Contains("invalid filter", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "\nAt character 9 of the filter: found ')', expected a value.\n    state = )\n            ^",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("state = JOB_STATE_FAILED")]
    [InlineData("nobody = 1")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Nothing_is_told_of_a_filter_that_is_well_formed(string? filter)
    {
        var exception = await FailAsync(filter);

        Assert.DoesNotContain("\n", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task An_error_of_another_kind_is_not_about_the_filter(HttpStatusCode status)
    {
        var exception = await FailAsync("state = )", status);

        Assert.DoesNotContain("At character", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("display_name = \"" + ClientUnderTest.Key)]
    [InlineData("display_name = " + ClientUnderTest.Key + ")")]
    [InlineData(ClientUnderTest.Key + " " + ClientUnderTest.Key + " = )")]
    [InlineData("display_name = \"" + ClientUnderTest.Key + "\" AND")]
    public async Task The_key_is_not_shown_where_a_filter_holds_it(string filter)
    {
        var exception = await FailAsync(filter);

        Assert.Contains("At character", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_filters_control_characters_are_not_shown()
    {
        var exception = await FailAsync("a = \u001b[31m )\t\u202e");

        Assert.DoesNotContain(exception.Message.Replace("\n", "", StringComparison.Ordinal), char.IsControl);
        Assert.DoesNotContain('\u202e', exception.Message);
    }

    private static async Task<FwApiException> FailAsync(
        string? filter,
        HttpStatusCode status = HttpStatusCode.BadRequest
    )
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Refusal, status);
        return await Assert.ThrowsAsync<FwApiException>(() =>
            test.ListAsync(new ListQuery("acme") { Filter = filter }, null)
        );
    }
}
