using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Unknown fields are kept instead of failing.</summary>
public sealed class AdditionalDataTests
{
    private const string Unknown = """
        {
          "text": "", "whole": 9007199254740993, "exact": 0.1, "huge": 1e300, "yes": true, "no": false, "nothing": null,
          "list": [1, "two", [3.5]], "fields": { "inner": { "deep": "x" } }
        }
        """;

    [Fact]
    public void Every_model_keeps_its_unknown_fields()
    {
        Assert.All(
            ModelTypes.All,
            type =>
            {
                var read = (ApiObject)JsonSerializer.Deserialize("""{"novelty":"kept"}""", ModelTypes.Metadata(type))!;
                Assert.Equal([new("novelty", "kept")], read.AdditionalData);
            }
        );
    }

    [Fact]
    public void Unknown_fields_are_kept_at_every_level_of_a_page()
    {
        var page = JsonNode.Parse($$"""{"dpoJobs":[{{Samples.FullJob}}],"nextPageToken":"t"}""")!;
        var planted = Plant(page, "$").ToList();

        var kept = Kept(Parse.Page(page.ToJsonString())).ToList();

        Assert.Equal(planted.Order(), kept.Order());
        Assert.Equal(ModelTypes.All.Count + 1, planted.Count); // DecaySchedule occurs twice.
    }

    [Fact]
    public void Unknown_values_have_natural_NET_types()
    {
        var data = Parse.Job($$"""{"novelty":{{Unknown}}}""").AdditionalData;

        var fields = Assert.IsType<IReadOnlyDictionary<string, object?>>(data["novelty"], exactMatch: false);
        Assert.Equal("", fields["text"]);
        Assert.Equal(9007199254740993L, fields["whole"]);
        Assert.Equal(0.1m, fields["exact"]);
        Assert.Equal(1e300, fields["huge"]);
        Assert.Equal(true, fields["yes"]);
        Assert.Equal(false, fields["no"]);
        Assert.True(fields.ContainsKey("nothing"));
        Assert.Null(fields["nothing"]);
        var list = Assert.IsType<object?[]>(fields["list"]);
        Assert.Equal([1L, "two"], list.Take(2));
        Assert.Equal([3.5m], Assert.IsType<object?[]>(list[2]));
        var inner = Assert.IsType<IReadOnlyDictionary<string, object?>>(fields["fields"], exactMatch: false);
        Assert.Equal(
            [new("deep", "x")],
            Assert.IsType<IReadOnlyDictionary<string, object?>>(inner["inner"], exactMatch: false)
        );
    }

    [Fact]
    public void Field_names_are_case_sensitive()
    {
        var job = Parse.Job("""{"Name":"upper","name":"lower"}""");

        Assert.Equal("lower", job.Name);
        Assert.Equal([new("Name", "upper")], job.AdditionalData);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("accountId")]
    [InlineData("duration")]
    [InlineData("isFinished")]
    [InlineData("additionalData")]
    public void A_field_with_the_name_of_a_computed_property_is_kept(string name)
    {
        Assert.Equal([new(name, "x")], Parse.Job($$"""{"{{name}}":"x"}""").AdditionalData);
        Assert.Equal("x", Parse.Job($$"""{"{{name}}":"x","createTime":[]}""").AdditionalData[name]);
    }

    [Fact]
    public void An_unknown_string_with_a_lone_surrogate_is_kept_as_raw_JSON()
    {
        Assert.Equal("\"\\ud800\"", Parse.Job("""{"novelty":"\ud800"}""").AdditionalData["novelty"]);
    }

    // Adds an unknown field to every object and returns their paths.
    private static IEnumerable<string> Plant(JsonNode node, string path)
    {
        if (node is JsonArray list)
        {
            foreach (
                var (item, index) in list.Select((item, index) => (item, index)).Where(pair => pair.item is JsonObject)
            )
            {
                foreach (var place in Plant(item!, $"{path}[{index}]"))
                {
                    yield return place;
                }
            }
        }
        else if (node is JsonObject fields)
        {
            foreach (var pair in fields.Where(pair => pair.Value is JsonObject or JsonArray).ToList())
            {
                foreach (var place in Plant(pair.Value!, $"{path}.{pair.Key}"))
                {
                    yield return place;
                }
            }
            fields["novelty"] = path;
            yield return path;
        }
    }

    private static IEnumerable<string> Kept(ApiObject value)
    {
        yield return (string)value.AdditionalData["novelty"]!;
        var inner = value
            .GetType()
            .GetProperties()
            .Select(property => property.GetValue(value))
            .SelectMany(part => part as IEnumerable<ApiObject> ?? (part is ApiObject one ? [one] : []));
        foreach (var place in inner.SelectMany(Kept))
        {
            yield return place;
        }
    }
}
