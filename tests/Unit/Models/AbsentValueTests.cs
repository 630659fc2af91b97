using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Missing and empty fields: a mask can exclude any field, and the service sends <c>""</c> or <c>null</c> for unset ones.</summary>
public sealed class AbsentValueTests
{
    // A page always has a list of jobs, and an object always has a dictionary of unknown fields.
    private static readonly string[] NeverNull = ["DpoJobPage.Jobs", "ApiObject.AdditionalData"];

    [Fact]
    public void Every_property_of_every_model_can_be_null()
    {
        var context = new NullabilityInfoContext();
        var fixedOnes = ModelTypes
            .All.Append(typeof(ApiObject))
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            )
            .Where(property => context.Create(property).ReadState != NullabilityState.Nullable)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");

        Assert.Equal(NeverNull.Order(), fixedOnes.Order());
    }

    [Fact]
    public void Every_property_of_an_empty_object_is_null()
    {
        Assert.All(
            ModelTypes.All,
            type => AssertAllNull((ApiObject)JsonSerializer.Deserialize("{}", ModelTypes.Metadata(type))!)
        );
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Empty_and_null_strings_times_and_secrets_are_null(string unset)
    {
        var fields = new[]
        {
            "name",
            "displayName",
            "dataset",
            "createdBy",
            "createTime",
            "completedTime",
            "state",
        }.Concat(["trainerLogsSignedUrl", "purpose"]);
        var job = Parse.Job(
            $$"""
            {
              {{string.Join(",", fields.Select(field => $"\"{field}\":{unset}"))}},
              "status": { "code": {{unset}}, "message": {{unset}} },
              "wandbConfig": { "apiKey": {{unset}}, "url": {{unset}} },
              "trainingConfig": { "region": {{unset}}, "baseModel": {{unset}} },
              "lossConfig": { "method": {{unset}} }
            }
            """
        );

        AssertAllNull(job.Status!);
        AssertAllNull(job.WandbConfig!);
        AssertAllNull(job.TrainingConfig!);
        AssertAllNull(job.LossConfig!);
        (job.Status, job.WandbConfig, job.TrainingConfig, job.LossConfig) = (null, null, null, null);
        AssertAllNull(job);
    }

    [Fact]
    public void Null_is_accepted_for_every_field_of_a_job()
    {
        var nulls = JsonNode.Parse(Samples.FullJob)!.AsObject();
        foreach (var name in nulls.Select(pair => pair.Key).ToList())
        {
            nulls[name] = null;
        }

        AssertAllNull(Parse.Job(nulls.ToJsonString()));
    }

    [Fact]
    public void Null_is_accepted_for_every_field_of_every_part()
    {
        foreach (var type in ModelTypes.All)
        {
            var info = ModelTypes.Metadata(type);
            var names = ModelTypes.JsonPaths(info).Where(path => !path.Contains('.', StringComparison.Ordinal));
            var json = $$"""{{{string.Join(",", names.Select(name => $"\"{name}\":null"))}}}""";

            AssertAllNull((ApiObject)JsonSerializer.Deserialize(json, info)!);
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"dpoJobs":null,"nextPageToken":"","totalSize":null}""")]
    [InlineData("""{"dpoJobs":[],"nextPageToken":null}""")]
    public void A_page_without_jobs_has_an_empty_list_and_no_token(string json)
    {
        var page = Parse.Page(json);

        Assert.Empty(page.Jobs);
        Assert.Null(page.NextPageToken);
        Assert.Null(page.TotalSize);
    }

    [Fact]
    public void Accounts_that_are_null_are_an_empty_list()
    {
        Assert.Empty(Parse.Accounts("""{"accounts":null}""").Accounts);
    }

    private static void AssertAllNull(ApiObject value)
    {
        var filled = value
            .GetType()
            .GetProperties()
            .Where(property => !NeverNull.Contains($"{property.DeclaringType!.Name}.{property.Name}"))
            .Select(property => new KeyValuePair<string, object?>(property.Name, property.GetValue(value)))
            .Where(pair => pair.Value is not null);
        Assert.Empty(filled);
    }
}
