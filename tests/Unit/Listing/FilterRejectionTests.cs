using System;
using System.Net;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>The error when the service rejects the user's filter.</summary>
public sealed class FilterRejectionTests
{
    private const string Rejection = """{"code":3,"message":"invalid filter"}""";

    [Fact]
    public async Task Shows_the_position_in_a_malformed_filter()
    {
        var exception = await FailAsync("state = )");

        Assert.Contains("invalid filter", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "\nAt character 9 of the filter, state = »)«: found ')', expected a value.\n    state = )\n            ^",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("state = JOB_STATE_FAILED")]
    [InlineData("nobody = 1")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Shows_no_position_in_a_well_formed_filter(string? filter)
    {
        var exception = await FailAsync(filter);

        Assert.DoesNotContain("\n", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task Shows_no_position_for_another_status_code(HttpStatusCode status)
    {
        var exception = await FailAsync("state = )", status);

        Assert.DoesNotContain("At character", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("display_name = \"" + ClientUnderTest.Key)]
    [InlineData("display_name = " + ClientUnderTest.Key + ")")]
    [InlineData(ClientUnderTest.Key + " " + ClientUnderTest.Key + " = )")]
    [InlineData("display_name = \"" + ClientUnderTest.Key + "\" AND")]
    public async Task Redacts_the_key_in_the_filter(string filter)
    {
        var exception = await FailAsync(filter);

        Assert.Contains("At character", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Shows_no_control_characters_of_the_filter()
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
        test.Transport.Json(Rejection, status);
        var options = new ListingOptions(new JobSelection(new JobCriteria([], null, null), filter));
        var listing = new DpoJobListing(
            test.Client,
            "acme",
            ListingPlan.Create(options),
            new FilterSupport(),
            test.Log,
            TestContext.Current.CancellationToken
        );
        return await Assert.ThrowsAsync<FwApiException>(() => listing.FetchAsync(null));
    }
}
