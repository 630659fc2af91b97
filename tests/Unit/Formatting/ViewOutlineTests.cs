using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>Outlines of the parts of a job.</summary>
public sealed class ViewOutlineTests : IDisposable
{
    private static readonly Comparer<Type> TypeNames = Comparer<Type>.Create(
        (a, b) => string.CompareOrdinal(a.Name, b.Name)
    );

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public ViewOutlineTests() => CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Fact]
    public void An_outline_contains_every_property_that_is_set()
    {
        Assert.Equal(
            """
            OutputModel: accounts/acme/models/nightly
            BaseModel: accounts/fireworks/models/llama-v3p1-8b-instruct
            WarmStartFrom: accounts/acme/models/addon
            JinjaTemplate: {% for m in messages %}
            LearningRate: 0.0001
            MaxContextLength: 8192
            LoraRank: 8
            Region: US_IOWA_1
            Epochs: 3
            BatchSize: 65536
            BatchSizeSamples: 32
            GradientAccumulationSteps: 2
            LearningRateWarmupSteps: 10
            OptimizerWeightDecay: 0.01
            LoraAlpha: 64
            LoraDropout: 0.05
            LoraTargetModules: q_proj, v_proj
            TrainerShardingScheme:
              TensorParallelism: 7
              PipelineParallelism: 2
              ContextParallelism: 3
              ExpertParallelism: 5
              SequenceParallelism: True
            LrScheduler:
              Constant:
              Cosine:
                MinLrRatio: 0.1
                DecayRatio: 0.9
              Linear:
                MinLrRatio: 0.2
                DecayRatio: 0.8
            AcceleratorCount: 16
            """.ReplaceLineEndings("\n"),
            ViewOutline.Format(Parse.Job(Samples.FullJob).TrainingConfig)
        );
    }

    [Fact]
    public void A_secret_is_shown_as_a_placeholder()
    {
        var outline = ViewOutline.Format(Parse.Job(Samples.FullJob).WandbConfig)!;

        Assert.Contains("ApiKey: (secret)", outline, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", outline, StringComparison.Ordinal);
    }

    [Fact]
    public void The_outline_of_a_whole_job_contains_no_secret()
    {
        var outline = ViewOutline.Format(Parse.Job(Samples.FullJob))!;

        Assert.Contains("TrainerLogsSignedUrl: (secret)", outline, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", outline, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_secret_has_the_same_placeholder()
    {
        Assert.Equal("(secret)", ViewFormatter.FormatSecret(new SecretText("u")));
        Assert.Equal("(secret)", ViewFormatter.FormatSecret("text"));
        Assert.Null(ViewFormatter.FormatSecret(null));
    }

    [Fact]
    public void Every_property_of_every_part_is_shown()
    {
        var job = Parse.Job(Samples.FullJob);
        ApiObject?[] parts =
        [
            job.Status,
            job.Status!.Details![0],
            job.TrainingConfig,
            job.TrainingConfig!.TrainerShardingScheme,
            job.TrainingConfig.LrScheduler,
            job.TrainingConfig.LrScheduler!.Cosine,
            job.TrainingConfig.LrScheduler.Constant,
            job.LossConfig,
            job.LossConfig!.Dpo,
            job.LossConfig.Orpo,
            job.WandbConfig,
            job.AwsS3Config,
            job.AzureBlobStorageConfig,
        ];

        Assert.Equal(ModelTypes.Parts.Order(TypeNames), parts.Select(part => part!.GetType()).Order(TypeNames));
        Assert.All(
            parts,
            part =>
            {
                var own = part!.GetType().GetProperties().Where(property => property.DeclaringType == part.GetType());
                var shown = $"\n{ViewOutline.Format(part)}";
                Assert.All(
                    own.Select(property => property.Name).Except(["CodeText"]),
                    name => Assert.Contains($"\n{name}:", shown, StringComparison.Ordinal)
                );
            }
        );
    }

    [Theory]
    [InlineData(
        """{"region":"REGION_UNSPECIFIED","baseModel":"","epochs":null,"loraTargetModules":[],"lrScheduler":{}}"""
    )]
    [InlineData("""{"trainerShardingScheme":{},"lrScheduler":{"cosine":{}},"novelty":"","list":[]}""")]
    [InlineData("{}")]
    public void Unset_properties_are_not_shown(string training)
    {
        Assert.Equal(
            "(nothing set)",
            ViewOutline.Format(Parse.Job($$"""{"trainingConfig":{{training}}}""").TrainingConfig)
        );
    }

    [Fact]
    public void Zero_and_false_are_shown()
    {
        var job = Parse.Job("""{"trainingConfig":{"epochs":0,"loraDropout":0},"wandbConfig":{"enabled":false}}""");

        Assert.Equal("Epochs: 0\nLoraDropout: 0", ViewOutline.Format(job.TrainingConfig));
        Assert.Equal("Enabled: False", ViewOutline.Format(job.WandbConfig));
    }

    [Fact]
    public void A_constant_schedule_is_shown_although_it_has_no_settings()
    {
        var job = Parse.Job("""{"trainingConfig":{"lrScheduler":{"constant":{}}}}""");

        Assert.Equal("LrScheduler:\n  Constant:", ViewOutline.Format(job.TrainingConfig));
    }

    [Fact]
    public void Numbers_are_shown_in_the_current_culture()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        Assert.Equal("KlBeta: 0,02", ViewOutline.Format(Parse.Job("""{"lossConfig":{"klBeta":0.02}}""").LossConfig));
    }

    [Fact]
    public void Unknown_fields_are_shown_with_their_values()
    {
        const string Unknown =
            """{"new":"x","count":7,"rate":0.5,"on":true,"list":[1,"two"],"part":{"a":1,"b":{"c":null}}}""";
        string[] lines = ["new: x", "count: 7", "rate: 0.5", "on: True", "list: 1, two", "part: { a: 1, b: { c:  } }"];

        Assert.Equal(lines, ViewOutline.Format(Parse.Job($$"""{"lossConfig":{{Unknown}}}""").LossConfig)!.Split('\n'));
        Assert.Equal(
            lines,
            ViewOutline.FormatAdditionalData((IDictionary)Parse.Job(Unknown).AdditionalData)!.Split('\n')
        );
    }

    [Fact]
    public void A_missing_part_and_missing_unknown_fields_have_no_outline()
    {
        Assert.Null(ViewOutline.Format(null));
        Assert.Null(ViewOutline.FormatAdditionalData(null));
        Assert.Null(ViewOutline.FormatAdditionalData((IDictionary)new DpoJob().AdditionalData));
    }

    [Fact]
    public void A_deserialized_part_is_shown_by_its_string_form()
    {
        Assert.Equal("Epochs=3\u2400", ViewOutline.Format(new StringBuilder("Epochs=3\0")));
    }

    [Fact]
    public void Control_characters_in_names_and_values_are_made_visible()
    {
        const string Evil = """
            {
              "method": "a\u001b[31m\nb",
              "\u001b]0;name\u0007": "\u009b31m",
              "list": ["\u001b"],
              "part": { "\u001bkey": "\u202e" }
            }
            """;
        var outlines =
            ViewOutline.Format(Parse.Job($$"""{"lossConfig":{{Evil}}}""").LossConfig)
            + ViewOutline.FormatAdditionalData((IDictionary)Parse.Job(Evil).AdditionalData);

        Assert.Contains("[31m", outlines, StringComparison.Ordinal);
        Assert.DoesNotContain(outlines.Where(character => character != '\n'), char.IsControl);
        Assert.DoesNotContain('\u202e', outlines);
    }

    [Fact]
    public void A_list_of_jobs_is_shown_as_its_count()
    {
        var page = new DpoJobPage { Jobs = [new DpoJob { Name = "a" }, new DpoJob()], NextPageToken = "t" };

        Assert.Equal("Jobs: 2\nNextPageToken: t", ViewOutline.Format(page));
    }

    [Fact]
    public void Details_of_a_status_are_shown_as_their_reasons()
    {
        var status = Parse
            .Job("""{"status":{"details":[{"reason":"A\u001b"},{"@type":"x/google.rpc.Help"},null]}}""")
            .Status;

        Assert.Equal("Details: A␛, x/google.rpc.Help,\nReason: A␛", ViewOutline.Format(status));
    }

    [Fact]
    public void An_unrecognized_code_is_shown_in_the_spelling_of_the_service()
    {
        Assert.Equal("Code: TEAPOT", ViewOutline.Format(new RpcStatus { CodeText = "TEAPOT" }));
    }
}
