using System;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A gateway's error with status 200 is an error, and neither an empty page nor an empty job.</summary>
public sealed class StrangeAnswerTests
{
    private const string Error = """{"error":{"message":"quota","code":"RESOURCE_EXHAUSTED"}}""";

    [Fact]
    public async Task An_error_in_place_of_a_page_is_an_error()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Error);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("has an error in place", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GET https://", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_place_of_a_job_is_an_error()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Error);

        await Assert.ThrowsAsync<FwResponseException>(() => test.GetAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"dpoJobs":[],"novelty":1}""")]
    [InlineData("""{"dpoJobs":[{"name":"accounts/acme/dpoJobs/x"}],"error":"a field of tomorrow"}""")]
    public async Task A_page_is_a_page_whatever_else_it_holds(string page)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(page);

        Assert.NotNull(await test.ListAsync());
    }
}
