using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

public sealed class HasOperatorTests
{
    private const string Modules = "training_config.lora_target_modules";

    [Fact]
    public void The_has_operator_finds_an_element_of_a_repeated_field()
    {
        FilterAssert.Selects(job => Has(job, "k_proj"), $"{Modules}:k_proj");
        FilterAssert.Selects(job => Has(job, "q_proj"), $"{Modules} : \"q_proj\"");
        FilterAssert.Selects(job => Has(job, "k_proj"), $"{Modules}:'k_*'");
        FilterAssert.Selects(job => !Has(job, "k_proj"), $"NOT {Modules}:k_proj");
        Assert.Empty(FilterAssert.Selected($"{Modules}:K_PROJ"));
        Assert.Empty(FilterAssert.Selected($"{Modules}:k"));
    }

    [Fact]
    public void A_repeated_field_is_present_if_it_has_an_element()
    {
        FilterAssert.Selects(job => job.LoraTargetModules.Count > 0, $"{Modules}:*");
        FilterAssert.Selects(job => job.LoraTargetModules.Count == 0, $"-{Modules}:*");
    }

    [Fact]
    public void A_message_is_present_if_it_is_set()
    {
        FilterAssert.Selects(job => job.HasWandb, "wandb_config:*");
        FilterAssert.Selects(job => !job.HasWandb, "NOT wandb_config:*");
        FilterAssert.Selects(job => job.Scheduler == "cosine", "training_config.lr_scheduler.cosine:*");
        FilterAssert.Selects(job => job.Scheduler == "constant", "training_config.lr_scheduler:constant");
        FilterAssert.Selects(job => job.Scheduler is not null, "training_config:lr_scheduler");
    }

    [Fact]
    public void A_field_is_present_if_it_differs_from_its_default()
    {
        FilterAssert.Selects(job => job.DisplayName.Length > 0, "display_name:*");
        FilterAssert.Selects(job => job.WandbEnabled, "wandb_config.project:*");
        FilterAssert.Selects(job => job.IsPilot, "purpose:*");
        FilterAssert.Selects(job => job.StatusCode != "OK", "status.code:*");
        FilterAssert.Selects(job => job.BatchSizeSamples > 0, "training_config.batch_size_samples:*");
        FilterAssert.Selects(job => job.LoraDropout > 0, "training_config.lora_dropout:*");
        FilterAssert.Selects(job => job.UsesReservation, "use_reservation:*");
        FilterAssert.Selects(job => job.IsFinished, "completed_time:*");
    }

    [Theory]
    [InlineData("wandb_config:project")]
    [InlineData("wandb_config:\"project\"")]
    [InlineData("wandbConfig:runId")]
    [InlineData("wandb_config:run_id")]
    [InlineData("wandb_config:enabled")]
    public void The_has_operator_finds_fields_of_a_message_that_differ_from_their_default(string filter) =>
        FilterAssert.Selects(job => job.WandbEnabled, filter);

    [Fact]
    public void The_has_operator_means_equality_for_a_scalar_field()
    {
        FilterAssert.Selects(job => job.Epochs == 2, "training_config.epochs:2");
        FilterAssert.Selects(job => job.LearningRate == 0.00005m, "training_config.learning_rate:5e-5");
        FilterAssert.Selects(job => job.DisplayName == "Do not delete!", "display_name:\"Do not delete!\"");
        FilterAssert.Selects(
            job => job.DisplayName.StartsWith("Do ", StringComparison.Ordinal),
            "display_name:\"Do *\""
        );
        FilterAssert.Selects(
            job => job.CreateTime == FilterAssert.Jobs[0].CreateTime,
            $"create_time:{Timestamp.Format(FilterAssert.Jobs[0].CreateTime)}"
        );
        Assert.Empty(FilterAssert.Selected("display_name:Do"));
    }

    [Theory]
    [InlineData(Modules + " = k_proj", 37, "supports only ':'")]
    [InlineData(Modules + " != *", 37, "supports only ':'")]
    [InlineData(Modules + ".0 = k_proj", 37, "is repeated and has no subfields")]
    [InlineData(Modules + ".name:k_proj", 37, "is repeated and has no subfields")]
    [InlineData(Modules + ":duration(\"1s\")", 37, "is a string")]
    [InlineData("wandb_config:nonsense", 14, "no field \"nonsense\" in \"wandb_config\"")]
    [InlineData("training_config:lr_scheduler.cosine", 17, "no field \"lr_scheduler.cosine\" in \"training_config\"")]
    [InlineData("wandb_config:timestamp(\"2026-10-01T00:00:00Z\")", 14, "has fields, not the time")]
    [InlineData("training_config.epochs:two", 24, "is a 32-bit integer")]
    [InlineData("state:FAILED", 7, "write JOB_STATE_FAILED")]
    [InlineData("display_name:", 14, "expected a value")]
    public void Rejects_operands_that_the_has_operator_does_not_support(string filter, int position, string why) =>
        FilterAssert.Rejects(filter, position, why);

    private static bool Has(Job job, string module) => job.LoraTargetModules.Contains(module);
}
