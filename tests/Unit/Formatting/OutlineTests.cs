using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>Parts of a job as an outline of what is set.</summary>
public sealed class OutlineTests : IDisposable
{
    private static readonly Comparer<Type> TypeNames = Comparer<Type>.Create(
        (a, b) => string.CompareOrdinal(a.Name, b.Name)
    );

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public OutlineTests() => CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Fact]
    public void A_training_is_shown_with_all_that_is_set()
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
            Outline.Of(Parse.Job(Samples.FullJob).TrainingConfig)
        );
    }

    [Fact]
    public void A_secret_is_shown_as_a_placeholder()
    {
        var outline = Outline.Of(Parse.Job(Samples.FullJob).WandbConfig)!;

        Assert.Contains("ApiKey: (secret)", outline, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", outline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_job_shows_no_secret_either()
    {
        var outline = Outline.Of(Parse.Job(Samples.FullJob))!;

        Assert.Contains("TrainerLogsSignedUrl: (secret)", outline, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", outline, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_secret_has_the_same_stand_in()
    {
        Assert.Equal("(secret)", Outline.Secret(new SecretText("u")));
        Assert.Equal("(secret)", Outline.Secret("text"));
        Assert.Null(Outline.Secret(null));
    }

    [Fact]
    public void Every_field_of_every_part_is_shown()
    {
        var job = Parse.Job(Samples.FullJob);
        ApiObject?[] parts =
        [
            job.Status,
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
                var shown = $"\n{Outline.Of(part)}";
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
    public void What_is_not_set_is_not_shown(string training)
    {
        Assert.Equal("(nothing set)", Outline.Of(Parse.Job($$"""{"trainingConfig":{{training}}}""").TrainingConfig));
    }

    [Fact]
    public void Zero_and_false_are_set()
    {
        var job = Parse.Job("""{"trainingConfig":{"epochs":0,"loraDropout":0},"wandbConfig":{"enabled":false}}""");

        Assert.Equal("Epochs: 0\nLoraDropout: 0", Outline.Of(job.TrainingConfig));
        Assert.Equal("Enabled: False", Outline.Of(job.WandbConfig));
    }

    [Fact]
    public void A_constant_schedule_has_no_settings_and_is_shown_all_the_same()
    {
        var job = Parse.Job("""{"trainingConfig":{"lrScheduler":{"constant":{}}}}""");

        Assert.Equal("LrScheduler:\n  Constant:", Outline.Of(job.TrainingConfig));
    }

    [Fact]
    public void Numbers_are_shown_in_the_readers_culture()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        Assert.Equal("KlBeta: 0,02", Outline.Of(Parse.Job("""{"lossConfig":{"klBeta":0.02}}""").LossConfig));
    }

    [Fact]
    public void Unknown_fields_are_shown_with_their_values()
    {
        const string Unknown =
            """{"new":"x","count":7,"rate":0.5,"on":true,"list":[1,"two"],"part":{"a":1,"b":{"c":null}}}""";
        string[] lines = ["new: x", "count: 7", "rate: 0.5", "on: True", "list: 1, two", "part: { a: 1, b: { c:  } }"];

        Assert.Equal(lines, Outline.Of(Parse.Job($$"""{"lossConfig":{{Unknown}}}""").LossConfig)!.Split('\n'));
        Assert.Equal(lines, Outline.OfAdditionalData(Parse.Job(Unknown))!.Split('\n'));
    }

    [Fact]
    public void Without_anything_there_is_no_outline()
    {
        Assert.Null(Outline.Of(null));
        Assert.Null(Outline.OfAdditionalData(null));
        Assert.Null(Outline.OfAdditionalData(new DpoJob()));
    }

    [Fact]
    public void Names_and_values_from_the_service_show_no_control_characters()
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
            Outline.Of(Parse.Job($$"""{"lossConfig":{{Evil}}}""").LossConfig)
            + Outline.OfAdditionalData(Parse.Job(Evil));

        Assert.Contains("[31m", outlines, StringComparison.Ordinal);
        Assert.DoesNotContain(outlines.Where(character => character != '\n'), char.IsControl);
        Assert.DoesNotContain('\u202e', outlines);
    }

    [Fact]
    public void A_code_that_this_version_does_not_know_is_shown_as_the_service_spells_it()
    {
        Assert.Equal("Code: TEAPOT", Outline.Of(new RpcStatus { CodeText = "TEAPOT" }));
    }
}
