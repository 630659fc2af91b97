using Fireworks.DpoJobs.Emulator.Account;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

/// <summary>Parentheses after a comparator: <c>field = (a OR b)</c>.</summary>
public sealed class ValueGroupTests
{
    [Theory]
    [InlineData("state = (JOB_STATE_FAILED OR JOB_STATE_CANCELLED)")]
    [InlineData("state = ( \"JOB_STATE_FAILED\" OR (JOB_STATE_CANCELLED) )")]
    [InlineData("state:(JOB_STATE_FAILED OR JOB_STATE_CANCELLED)")]
    [InlineData("NOT state != (JOB_STATE_FAILED AND JOB_STATE_CANCELLED)")]
    public void Matches_one_of_several_values_in_parentheses(string filter) =>
        FilterAssert.Selects(job => job.State is "JOB_STATE_FAILED" or "JOB_STATE_CANCELLED", filter);

    [Fact]
    public void Applies_the_comparator_to_each_value_in_parentheses()
    {
        FilterAssert.Selects(job => job.Epochs is not (1 or 2), "training_config.epochs != (1 AND 2)");
        FilterAssert.Selects(job => job.Epochs >= 2, "training_config.epochs >= (3 OR 2)");
        FilterAssert.Selects(job => job.Epochs >= 3, "training_config.epochs >= (3 2)");
        FilterAssert.Selects(job => job.Epochs == 1, "training_config.epochs = (NOT (2 OR 3))");
        FilterAssert.Selects(
            job => job.CreatedBy.StartsWith('a') || job.CreatedBy.EndsWith('m') && job.CreatedBy.StartsWith('o'),
            "created_by = (a* OR (*m AND o*))"
        );
        FilterAssert.Selects(
            job => job.LearningRate is 0.00005m or 0.0001m,
            "training_config.learning_rate = (5e-5 OR 0.0001)"
        );
    }

    [Fact]
    public void OR_binds_tighter_than_AND_between_values() =>
        FilterAssert.Selects(
            job => job.DisplayName.EndsWith('!') && job.DisplayName.StartsWith('D'),
            "display_name = (N* OR D* AND '*!')"
        );

    [Fact]
    public void Accepts_functions_as_values_in_parentheses() =>
        FilterAssert.Selects(
            job => job.CreateTime > FilterAssert.Jobs[5].CreateTime,
            $"create_time > (timestamp('{Timestamp.Format(FilterAssert.Jobs[5].CreateTime)}'))"
        );

    [Fact]
    public void A_minus_sign_in_parentheses_negates_the_value() =>
        FilterAssert.Selects(job => job.Epochs != 2, "training_config.epochs = (-2)");

    [Fact]
    public void Tests_a_repeated_field_for_several_elements()
    {
        const string Modules = "training_config.lora_target_modules";

        FilterAssert.Selects(job => job.LoraTargetModules.Count == 4, $"{Modules}:(k_proj AND q_proj)");
        FilterAssert.Selects(job => job.LoraTargetModules.Count == 2, $"{Modules}:(q_proj -k_proj)");
        FilterAssert.Selects(job => job.LoraTargetModules.Count > 0, $"{Modules}:(k_proj OR v_proj)");
    }

    [Fact]
    public void Tests_a_message_for_several_fields() =>
        FilterAssert.Selects(
            job => job.JinjaTemplate.Length > 0 || job.WarmStartFrom.Length > 0,
            "training_config:(jinja_template OR warm_start_from)"
        );

    [Fact]
    public void An_unset_value_does_not_match_NOT_in_parentheses()
    {
        FilterAssert.Selects(
            job => job.HasWandb && job.WandbProject != "dpo-qwen",
            "wandb_config.project = (NOT \"dpo-qwen\")"
        );
        FilterAssert.Selects(job => job.HasWandb && !job.WandbEnabled, "wandb_config:(NOT enabled)");
    }

    [Theory]
    [InlineData("state = (JOB_STATE_FAILED OR state = JOB_STATE_RUNNING)", 30, "contain values, not comparisons")]
    [InlineData("state = (NOT (state:*))", 15, "contain values, not comparisons")]
    [InlineData("state = (JOB_STATE_FAILED OR RUNNING)", 30, "write JOB_STATE_RUNNING")]
    [InlineData("state = ()", 10, "found ')'")]
    [InlineData("state = (JOB_STATE_FAILED OR)", 29, "found ')'")]
    [InlineData("training_config.epochs = (1 OR two)", 32, "is a 32-bit integer")]
    [InlineData("training_config.epochs = (1 OR NOT(2))", 32, "NOT needs a space")]
    [InlineData("create_time > (2026-10-01T00:00:00Z)", 16, "contain values, not comparisons")]
    [InlineData("create_time > (now())", 16, "no function now()")]
    [InlineData("training_config = (epochs)", 17, "is a message")]
    public void Rejects_anything_but_values_in_parentheses(string filter, int position, string why) =>
        FilterAssert.Rejects(filter, position, why);
}
