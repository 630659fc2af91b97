using System;
using System.Linq;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Creation;

/// <summary>The table decides for every field of a job whether a new job gets it.</summary>
public sealed class SettingTableTests
{
    [Fact]
    public void Every_field_of_a_job_has_exactly_one_use()
    {
        var fields = ModelTypes.JsonFields(FireworksJsonContext.Default.DpoJob).ToList();
        // A message is not a field of its own, except for a schedule, whose presence is a setting, and for a list.
        var expected = fields
            .Where(field =>
                !typeof(ApiObject).IsAssignableFrom(field.Type)
                || field.Type == typeof(ConstantSchedule)
                || field.Type == typeof(DecaySchedule)
            )
            .Select(field => field.Path)
            .Where(path => !path.Contains("[].", StringComparison.Ordinal));

        Assert.Equal(expected.Order(StringComparer.Ordinal), SettingTable.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_secret_and_nothing_else_has_the_type_of_a_secret()
    {
        var secrets = ModelTypes
            .JsonFields(FireworksJsonContext.Default.DpoJob)
            .Where(field => field.Type == typeof(SecretText))
            .Select(field => field.Path);

        Assert.All(secrets, path => Assert.True(SettingTable.All[path] is FieldUse.Secret or FieldUse.ReadOnly, path));
        Assert.Equal(
            ["wandbConfig.apiKey"],
            SettingTable.All.Where(pair => pair.Value == FieldUse.Secret).Select(pair => pair.Key)
        );
    }

    [Fact]
    public void The_settings_of_a_job_are_read_and_written_without_loss()
    {
        var job = Parse.Job(Samples.FullJob);
        var settings = JobSettings.Of(job);

        var copy = JobSettings.Of(settings.ToJob());

        Assert.Equal(settings.Paths, copy.Paths);
        Assert.All(settings.Paths, path => Assert.Equal(settings[path], copy[path]));
        Assert.All(settings.Paths, path => Assert.Contains(path, SettingTable.All.Keys));
    }
}
