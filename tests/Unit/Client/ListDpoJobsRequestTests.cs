using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>The query parameters of a listing.</summary>
public sealed class ListDpoJobsRequestTests
{
    private static readonly ListDpoJobsRequest Full = new("acme")
    {
        Filter = "state=FAILED",
        OrderBy = "create_time desc",
        ReadMask = "name,state",
        PageSize = 200,
        IncludeArchived = true,
    };

    [Fact]
    public void Parameters_have_the_names_of_the_reference()
    {
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["pageSize"] = "200",
                ["filter"] = "state=FAILED",
                ["orderBy"] = "create_time desc",
                ["readMask"] = "name,state",
                ["includeArchived"] = "true",
                ["pageToken"] = "t1",
            },
            Full.ToQuery("t1").ToDictionary(parameter => parameter.Key, parameter => parameter.Value)
        );
    }

    [Fact]
    public void Only_the_page_token_differs_from_page_to_page()
    {
        static IEnumerable<KeyValuePair<string, string?>> Rest(string? token) =>
            Full.ToQuery(token).Where(pair => pair.Key != "pageToken");

        Assert.Equal(Rest(null), Rest("t1"));
        Assert.Null(Full.ToQuery(null).Single(pair => pair.Key == "pageToken").Value);
    }

    [Fact]
    public void Parameters_that_are_not_set_have_no_value()
    {
        Assert.All(new ListDpoJobsRequest("acme").ToQuery(null), pair => Assert.Null(pair.Value));
    }

    [Fact]
    public void The_largest_page_size_is_that_of_the_reference()
    {
        Assert.Equal(200, ListDpoJobsRequest.MaximumPageSize);
    }
}
