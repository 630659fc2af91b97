using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

public sealed class FieldPathTests
{
    [Theory]
    [InlineData("training_config.lora_rank = 16")]
    [InlineData("trainingConfig.loraRank = 16")]
    [InlineData("training_config.loraRank=16")]
    [InlineData("\"training_config\".\"lora_rank\" = 16")]
    [InlineData("training_config.'loraRank' = 16")]
    public void Accepts_a_field_in_snake_case_or_camel_case_with_or_without_quotes(string filter) =>
        FilterAssert.Selects(job => job.LoraRank == 16, filter);

    [Fact]
    public void Accepts_a_path_through_several_messages()
    {
        FilterAssert.Selects(
            job => job.HasSharding && job.TensorParallelism == 4,
            "training_config.trainer_sharding_scheme.tensor_parallelism = 4"
        );
        FilterAssert.Selects(job => job.Scheduler == "linear", "training_config.lr_scheduler.linear.decay_ratio = 0.5");
    }

    [Fact]
    public void An_unset_value_matches_no_comparison()
    {
        FilterAssert.Selects(job => job.WandbEnabled, "wandb_config.enabled = true");
        FilterAssert.Selects(job => job.HasWandb && !job.WandbEnabled, "wandb_config.enabled != true");
        FilterAssert.Selects(job => job.HasWandb, "wandb_config.project != nonsense");
        FilterAssert.Selects(job => job.HasLoss && job.IsDpo, "loss_config.dpo.beta < 1000");
        FilterAssert.Selects(job => job.IsFinished, "completed_time != \"1990-01-01T00:00:00Z\"");
    }

    [Fact]
    public void An_unset_value_matches_a_negated_comparison()
    {
        FilterAssert.Selects(job => !job.WandbEnabled, "NOT wandb_config.enabled = true");
        FilterAssert.Selects(job => !job.HasWandb || job.WandbEnabled, "-wandb_config.enabled != true");
        FilterAssert.Selects(job => !job.IsFinished, "NOT completed_time > \"1990-01-01T00:00:00Z\"");
    }

    [Theory]
    [InlineData("nonsense = 1", 1, "no field \"nonsense\"")]
    [InlineData("State = JOB_STATE_FAILED", 1, "no field \"State\"")]
    [InlineData("\"training_config.epochs\" = 1", 1, "no field \"training_config.epochs\"")]
    [InlineData("training_config.nonsense = 1", 17, "no field \"nonsense\" in \"training_config\"")]
    [InlineData("training_config.lr_scheduler.sine:*", 30, "no field \"sine\" in \"training_config.lr_scheduler\"")]
    [InlineData("epochs = 1", 1, "no field \"epochs\"")]
    [InlineData("state.name = x", 7, "\"state\" is not a message")]
    [InlineData("training_config.epochs.value = 1", 24, "\"training_config.epochs\" is not a message")]
    [InlineData("create_time.seconds > 1", 13, "\"create_time\" is not a message")]
    [InlineData("training_config = 1", 17, "\"training_config\" is a message")]
    [InlineData("wandb_config  !=  x", 15, "\"wandb_config\" is a message")]
    [InlineData("timestamp(\"2026-10-01T00:00:00Z\") < create_time", 1, "must begin with a field, not with the time")]
    [InlineData("now() > create_time", 1, "no function now()")]
    public void Rejects_an_unknown_field_in_a_filter(string filter, int position, string why) =>
        FilterAssert.Rejects(filter, position, why);

    [Theory]
    [InlineData("wandb_config.api_key = \"w*\"", 14)]
    [InlineData("wandbConfig.apiKey:*", 13)]
    [InlineData("NOT wandb_config.\"api_key\" > a", 18)]
    [InlineData("wandb_config:api_key", 14)]
    [InlineData("wandb_config:(enabled OR apiKey)", 26)]
    [InlineData("trainer_logs_signed_url = \"https*\"", 1)]
    [InlineData("trainerLogsSignedUrl:*", 1)]
    public void Rejects_a_filter_on_a_secret_field(string filter, int position) =>
        FilterAssert.Rejects(filter, position, "is a secret");
}
