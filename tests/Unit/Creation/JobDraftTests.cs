using System;
using System.Linq;
using System.Text.Json.Nodes;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Creation;

/// <summary>The settings of a new job: those of a source, overridden by those that the user chooses.</summary>
public sealed class JobDraftTests
{
    private const string Source = """
        {
          "name": "accounts/acme/dpoJobs/base",
          "state": "JOB_STATE_COMPLETED",
          "createdBy": "ana@example.com",
          "displayName": "Tone",
          "dataset": "accounts/acme/datasets/prefs",
          "purpose": "PURPOSE_UNSPECIFIED",
          "useReservation": true,
          "trainingConfig": {
            "baseModel": "accounts/fireworks/models/qwen3-8b", "warmStartFrom": "", "outputModel": "accounts/acme/models/base",
            "learningRate": 0.0001, "epochs": 2, "loraAlpha": 0, "loraTargetModules": ["q_proj"], "region": "REGION_UNSPECIFIED",
            "batchSize": 0, "lrScheduler": { "cosine": { "minLrRatio": 0.1, "decayRatio": 1 } }
          },
          "lossConfig": { "method": "DPO", "klBeta": 0, "dpo": { "beta": 0.1, "refCacheConcurrency": 4 } },
          "wandbConfig": null
        }
        """;

    [Fact]
    public void A_variant_has_every_setting_of_its_source_unless_another_was_chosen()
    {
        var draft = Draft(Source, settings => settings["trainingConfig.learningRate"] = 5e-6);

        AssertBody(
            """
            {
              "displayName": "Tone",
              "dataset": "accounts/acme/datasets/prefs",
              "useReservation": true,
              "trainingConfig": {
                "baseModel": "accounts/fireworks/models/qwen3-8b", "learningRate": 5E-06, "epochs": 2, "loraAlpha": 0,
                "loraTargetModules": ["q_proj"], "lrScheduler": { "cosine": { "minLrRatio": 0.1, "decayRatio": 1 } }
              },
              "lossConfig": { "method": "DPO", "klBeta": 0, "dpo": { "beta": 0.1, "refCacheConcurrency": 4 } }
            }
            """,
            draft
        );
        Assert.Empty(draft.Warnings);
        Assert.Equal(
            ["Not copied, because jobs must not share it: TrainingConfig.OutputModel accounts/acme/models/base."],
            draft.Notes
        );
    }

    [Fact]
    public void Every_field_that_is_copied_is_sent_and_no_other()
    {
        // The sample has two models and two losses, which no job has.
        var draft = Draft(
            Samples.FullJob,
            settings =>
            {
                settings[SettingPath.BaseModel] = "accounts/fireworks/models/x";
                settings["wandbConfig.entity"] = "team";
            }
        );

        var source = JobSettings.Of(Parse.Job(Samples.FullJob));
        var expected = source
            .Paths.Where(path =>
                SettingTable.All[path] == FieldUse.Copied
                && path is not (SettingPath.WarmStartFrom or SettingPath.OrpoLambda)
            )
            .Append(SettingPath.BaseModel)
            .Distinct();
        Assert.Equal(expected.Order(StringComparer.Ordinal), draft.Settings.Paths.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("canary", Body(draft), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_from_scratch_always_has_a_loss_method()
    {
        var draft = FromScratch(_ => { });

        AssertBody(
            """
            {
              "dataset": "accounts/acme/datasets/prefs",
              "trainingConfig": { "baseModel": "accounts/fireworks/models/qwen3-8b" },
              "lossConfig": { "method": "DPO" }
            }
            """,
            draft
        );
        Assert.Empty(draft.Warnings);
    }

    [Theory]
    [InlineData("""{"method":"METHOD_UNSPECIFIED","klBeta":0}""")]
    [InlineData("null")]
    public void A_source_without_a_loss_method_gets_a_warning(string loss)
    {
        var source = JsonNode.Parse(Source)!;
        source["lossConfig"] = JsonNode.Parse(loss);

        var draft = Draft(source.ToJsonString(), _ => { });

        Assert.Equal("DPO", draft.Settings[SettingPath.LossMethod]);
        Assert.Contains("does not state its loss method", Assert.Single(draft.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_loss_method_drops_the_settings_of_the_source_method()
    {
        var draft = Draft(
            Source,
            settings =>
            {
                settings[SettingPath.LossMethod] = "ORPO";
                settings[SettingPath.OrpoLambda] = 0.2;
            }
        );

        Assert.Equal("ORPO", draft.Settings[SettingPath.LossMethod]);
        Assert.Equal(
            ["lossConfig.method", "lossConfig.orpo.lambda"],
            draft.Settings.Paths.Where(path => path.StartsWith("lossConfig", StringComparison.Ordinal)).Order()
        );
    }

    [Fact]
    public void The_same_loss_method_keeps_the_other_settings_of_the_loss()
    {
        var draft = Draft(Source, settings => settings[SettingPath.LossMethod] = "DPO");

        Assert.Equal(0.1, draft.Settings[SettingPath.Beta]);
    }

    [Theory]
    [InlineData("DPO", SettingPath.OrpoLambda, "-OrpoLambda has no effect on the loss method DPO")]
    [InlineData("ORPO", SettingPath.Beta, "-Beta has no effect on the loss method ORPO")]
    public void Settings_of_another_loss_method_are_rejected(string method, string path, string message)
    {
        var failure = Assert.Throws<FwParameterException>(() =>
            FromScratch(settings =>
            {
                settings[SettingPath.LossMethod] = method;
                settings[path] = 0.5;
            })
        );

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chosen_model_replaces_the_model_of_the_source()
    {
        var draft = Draft(Source, settings => settings[SettingPath.WarmStartFrom] = "accounts/acme/models/sft");

        Assert.Equal("accounts/acme/models/sft", draft.Settings[SettingPath.WarmStartFrom]);
        Assert.Null(draft.Settings[SettingPath.BaseModel]);
    }

    [Fact]
    public void A_chosen_output_model_is_sent()
    {
        var draft = Draft(Source, settings => settings[SettingPath.OutputModel] = "tone-2");

        Assert.Equal("tone-2", draft.Settings[SettingPath.OutputModel]);
        Assert.Empty(draft.Notes);
    }

    [Theory]
    [InlineData(SettingPath.Dataset, "-Dataset is missing")]
    [InlineData(SettingPath.BaseModel, "Use exactly one of -BaseModel and -WarmStartFrom")]
    public void A_missing_required_setting_is_an_error(string path, string message)
    {
        var failure = Assert.Throws<FwParameterException>(() => FromScratch(settings => settings[path] = null));

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Constant", null, null, """{"constant":{}}""")]
    [InlineData("Linear", null, null, """{"linear":{}}""")]
    [InlineData("cosine", 0.2, null, """{"cosine":{"minLrRatio":0.2}}""")]
    [InlineData("Linear", 0.2, 0.5, """{"linear":{"minLrRatio":0.2,"decayRatio":0.5}}""")]
    public void A_schedule_is_sent(string scheduler, double? minimum, double? decay, string expected)
    {
        var draft = FromScratch(
            _ => { },
            choices => choices with { Scheduler = scheduler, MinLearningRateRatio = minimum, DecayRatio = decay }
        );

        Assert.Equal(expected, JsonNode.Parse(Body(draft))!["trainingConfig"]!["lrScheduler"]!.ToJsonString());
    }

    [Theory]
    [InlineData(null, 0.2, """{"cosine":{"minLrRatio":0.2,"decayRatio":1}}""")]
    [InlineData("Cosine", null, """{"cosine":{"minLrRatio":0.1,"decayRatio":1}}""")]
    [InlineData("Linear", 0.2, """{"linear":{"minLrRatio":0.2}}""")]
    [InlineData("Constant", null, """{"constant":{}}""")]
    public void A_schedule_is_combined_with_that_of_the_source(string? scheduler, double? minimum, string expected)
    {
        var draft = JobDraft.Create(
            Parse.Job(Source),
            new JobChoices { Scheduler = scheduler, MinLearningRateRatio = minimum }
        );

        Assert.Equal(expected, JsonNode.Parse(Body(draft))!["trainingConfig"]!["lrScheduler"]!.ToJsonString());
    }

    [Fact]
    public void A_schedule_without_settings_is_copied()
    {
        var source = JsonNode.Parse(Source)!;
        source["trainingConfig"]!["lrScheduler"] = JsonNode.Parse("""{"constant":{}}""");

        var draft = Draft(source.ToJsonString(), _ => { });

        Assert.Equal(
            """{"constant":{}}""",
            JsonNode.Parse(Body(draft))!["trainingConfig"]!["lrScheduler"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Constant")]
    public void A_ratio_requires_a_schedule_that_decays(string? scheduler) =>
        Assert.Throws<FwParameterException>(() =>
            FromScratch(_ => { }, choices => choices with { Scheduler = scheduler, DecayRatio = 0.5 })
        );

    [Fact]
    public void Settings_that_the_service_no_longer_accepts_are_dropped_with_a_warning()
    {
        var source = JsonNode.Parse(Source)!;
        source["trainingConfig"]!["batchSize"] = 65536;
        source["trainingConfig"]!["gradientAccumulationSteps"] = 4;
        source["trainingConfig"]!["acceleratorCount"] = 0;
        source["trainingConfig"]!["jinjaTemplate"] = "{{ a }}\n";

        var draft = Draft(source.ToJsonString(), _ => { });

        var warning = Assert.Single(draft.Warnings);
        Assert.Contains("TrainingConfig.BatchSize 65536", warning, StringComparison.Ordinal);
        Assert.Contains("TrainingConfig.GradientAccumulationSteps 4", warning, StringComparison.Ordinal);
        Assert.Contains("TrainingConfig.JinjaTemplate {{ a }}", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("AcceleratorCount", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("atchSize", Body(draft), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_fields_with_a_value_are_dropped_with_a_warning_that_names_them()
    {
        var source = JsonNode.Parse(Source)!;
        source["newSwitch"] = true;
        source["newToken"] = "canary-secret";
        source["newNull"] = null;
        source["newMode"] = "MODE_UNSPECIFIED";
        source["trainingConfig"]!["newNumber"] = 2;
        source["trainingConfig"]!["newZero"] = 0;
        source["trainingConfig"]!["newList"] = new JsonArray();

        var draft = Draft(source.ToJsonString(), _ => { });

        Assert.EndsWith(
            "does not know these fields: newSwitch, newToken, TrainingConfig.newNumber.",
            Assert.Single(draft.Warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Logging_to_Weights_and_Biases_is_not_copied_without_a_key()
    {
        var source = JsonNode.Parse(Source)!;
        source["wandbConfig"] = JsonNode.Parse(
            """{"enabled":true,"apiKey":"canary","project":"p","entity":"e","runId":"r","url":"https://x"}"""
        );

        var copied = Draft(source.ToJsonString(), _ => { });
        var withKey = Draft(
            source.ToJsonString(),
            settings => settings[SettingPath.WandbApiKey] = new SecretText("new")
        );

        Assert.Contains("-WandbApiKey", Assert.Single(copied.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("wandb", Body(copied), StringComparison.Ordinal);
        Assert.Empty(withKey.Warnings);
        Assert.Equal(
            """{"enabled":true,"apiKey":"new","project":"p","entity":"e"}""",
            JsonNode.Parse(Body(withKey))!["wandbConfig"]!.ToJsonString()
        );
    }

    [Fact]
    public void The_description_of_a_body_has_no_secret()
    {
        var draft = FromScratch(settings =>
        {
            settings[SettingPath.WandbApiKey] = new SecretText("canary");
            settings[SettingPath.DisplayName] = "my canary";
        });

        Assert.Contains("canary", Body(draft), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", draft.Settings.Describe(), StringComparison.Ordinal);
        Assert.Contains("\"apiKey\":\"(secret)\"", draft.Settings.Describe(), StringComparison.Ordinal);
        // The description does not change what is sent.
        Assert.Contains("canary", Body(draft), StringComparison.Ordinal);
    }

    [Fact]
    public void The_description_of_a_body_is_readable_and_has_no_control_characters()
    {
        var draft = FromScratch(settings => settings[SettingPath.DisplayName] = "Größe & 丁寧 \u202E\u001b[2J");

        Assert.Contains("Größe & 丁寧", draft.Settings.Describe(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            draft.Settings.Describe(),
            character => char.IsControl(character) || character == '\u202e'
        );
    }

    [Fact]
    public void A_partial_job_is_completed_without_replacing_its_own_values()
    {
        var partial = Parse.Job(
            """{"name":"accounts/acme/dpoJobs/base","trainingConfig":{"epochs":7,"newNumber":1}}"""
        );

        Assert.True(JobDraft.IsPartial(partial));
        var job = JobDraft.Complete(partial, Parse.Job(Source));

        Assert.False(JobDraft.IsPartial(job));
        Assert.Equal(7, job.TrainingConfig!.Epochs);
        Assert.Equal(0.0001, job.TrainingConfig.LearningRate);
        Assert.Equal("DPO", job.LossConfig!.Method);
    }

    [Fact]
    public void A_job_without_a_name_is_not_partial()
    {
        Assert.False(JobDraft.IsPartial(new DpoJob { Dataset = "accounts/acme/datasets/prefs" }));
    }

    private static JobDraft Draft(string source, Action<JobSettings> choose)
    {
        var settings = new JobSettings();
        choose(settings);
        return JobDraft.Create(Parse.Job(source), new JobChoices { Settings = settings });
    }

    private static JobDraft FromScratch(Action<JobSettings> choose, Func<JobChoices, JobChoices>? change = null)
    {
        var settings = new JobSettings
        {
            [SettingPath.Dataset] = "accounts/acme/datasets/prefs",
            [SettingPath.BaseModel] = "accounts/fireworks/models/qwen3-8b",
        };
        choose(settings);
        var choices = new JobChoices { Settings = settings };
        return JobDraft.Create(null, change?.Invoke(choices) ?? choices);
    }

    private static string Body(JobDraft draft) =>
        System.Text.Json.JsonSerializer.Serialize(draft.Settings.ToJob(), FireworksJsonContext.WithSecrets.DpoJob);

    private static void AssertBody(string expected, JobDraft draft) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), Normalize(Body(draft), expected));

    // The order of the fields has no meaning.
    private static string Normalize(string actual, string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected))
            ? JsonNode.Parse(expected)!.ToJsonString()
            : actual;
}
