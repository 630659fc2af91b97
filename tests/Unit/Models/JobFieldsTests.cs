using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Spellings of field names.</summary>
public sealed class JobFieldsTests
{
    [Fact]
    public void Every_field_is_found_in_its_three_spellings_and_any_case()
    {
        var cases =
            from field in Gen.Elements(JobFields.All.ToArray())
            from spelling in Gen.Elements<Func<string, string>>(name => name, Camel, Snake)
            from upper in ArbMap.Default.GeneratorFor<bool>().ArrayOf(field.PropertyPath.Length * 2)
            select (field, typed: Shout(spelling(field.PropertyPath), upper));

        Prop.ForAll(cases.ToArbitrary(), pair => JobFields.ToWire(pair.typed).SequenceEqual(pair.field.WirePaths))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_field_round_trips_through_its_wire_spelling()
    {
        var sent = JobFields.All.Where(field => !field.IsComputed).ToList();

        Assert.All(sent, field => Assert.Equal([Snake(field.PropertyPath)], field.WirePaths));
        Assert.All(sent, field => Assert.Equal(field.WirePaths, JobFields.ToWire(field.WirePaths[0])));
    }

    [Fact]
    public void Wire_spellings_are_unique_and_in_snake_case()
    {
        var wire = JobFields.All.Where(field => !field.IsComputed).SelectMany(field => field.WirePaths).ToList();

        Assert.All(wire, path => Assert.Matches("^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$", path));
        Assert.Equal(wire.Count, wire.Distinct().Count());
    }

    [Theory]
    [InlineData("CreateTime", "create_time")]
    [InlineData("State", "state")]
    [InlineData("TrainingConfig", "training_config")]
    [InlineData("TrainingConfig.BaseModel", "training_config.base_model")]
    [InlineData("trainingConfig.baseModel", "training_config.base_model")]
    [InlineData("training_config.base_model", "training_config.base_model")]
    [InlineData("TrainingConfig.LrScheduler.Cosine.MinLrRatio", "training_config.lr_scheduler.cosine.min_lr_ratio")]
    [InlineData("AwsS3Config.IamRoleArn", "aws_s3_config.iam_role_arn")]
    [InlineData("TrainerLogsSignedUrl", "trainer_logs_signed_url")]
    [InlineData("WandbConfig.ApiKey", "wandb_config.api_key")]
    public void A_field_is_sent_in_snake_case(string typed, string sent)
    {
        Assert.Equal([sent], JobFields.ToWire(typed));
    }

    [Theory]
    [InlineData("Id", "name")]
    [InlineData("AccountId", "name")]
    [InlineData("Duration", "create_time", "completed_time")]
    [InlineData("IsFinished", "state")]
    [InlineData("StateText", "state")]
    [InlineData("Status.CodeText", "status.code")]
    [InlineData("Status.Reason", "status.details")]
    [InlineData("status.domain", "status.details")]
    public void A_computed_property_is_sent_as_its_source_fields(string typed, params string[] sent)
    {
        Assert.Equal(sent, JobFields.ToWire(typed));
    }

    [Theory]
    [InlineData("newField")]
    [InlineData("TrainingConfig.NewField")]
    [InlineData("*")]
    [InlineData("a b")]
    [InlineData("_")]
    [InlineData("")]
    public void An_unknown_name_is_sent_as_typed(string typed)
    {
        Assert.Equal([typed], JobFields.ToWire(typed));
    }

    [Fact]
    public void Every_field_is_found_by_its_property_path_in_any_case()
    {
        Assert.All(
            JobFields.All,
            field =>
            {
                Assert.Same(field, JobFields.FindProperty(field.PropertyPath));
                Assert.Same(field, JobFields.FindProperty(field.PropertyPath.ToUpperInvariant()));
            }
        );
    }

    [Theory]
    [InlineData("create_time")]
    [InlineData("training_config.base_model")]
    [InlineData("BaseModel")]
    [InlineData("NewField")]
    [InlineData(" State")]
    [InlineData("")]
    public void A_path_that_the_models_do_not_have_is_not_found(string path)
    {
        Assert.Null(JobFields.FindProperty(path));
    }

    [Fact]
    public void Every_public_property_of_a_job_except_AdditionalData_is_a_field()
    {
        var properties = typeof(DpoJob).GetProperties().Select(property => property.Name);

        Assert.Equal(
            properties.Except(["AdditionalData"]).Order(StringComparer.Ordinal),
            JobFields
                .All.Select(field => field.PropertyPath)
                .Where(path => !path.Contains('.'))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Parents_come_before_their_parts()
    {
        var paths = JobFields.All.Select(field => field.PropertyPath).ToList();

        Assert.All(
            paths.Where(path => path.Contains('.')),
            path => Assert.InRange(paths.IndexOf(path[..path.LastIndexOf('.')]), 0, paths.IndexOf(path) - 1)
        );
    }

    private static string Camel(string path) =>
        string.Join('.', path.Split('.').Select(name => char.ToLowerInvariant(name[0]) + name[1..]));

    private static string Snake(string path) =>
        string.Join(
            '.',
            path.Split('.')
                .Select(name =>
                    string.Concat(
                        name.Select(
                            (c, i) => (i > 0 && char.IsAsciiLetterUpper(c) ? "_" : "") + char.ToLowerInvariant(c)
                        )
                    )
                )
        );

    private static string Shout(string name, bool[] upper) =>
        string.Concat(
            name.Select((c, i) => upper[i % upper.Length] ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c))
        );
}
