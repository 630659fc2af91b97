using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on numbers and booleans.</summary>
public sealed class NumberComparisonTests
{
    private const string NotANumber = "the value is not a number of the field's type";

    [Theory]
    [InlineData("-eq 3", "= 3")]
    [InlineData("-ceq 3", "= 3")]
    [InlineData("-gt 2", "> 2")]
    [InlineData("-cgt 2", "> 2")]
    [InlineData("-ge 3", ">= 3")]
    [InlineData("-cge 3", ">= 3")]
    [InlineData("-lt -2", "< -2")]
    [InlineData("-clt -2", "< -2")]
    [InlineData("-le -3", "<= -3")]
    [InlineData("-cle -3", "<= -3")]
    [InlineData("-eq '3'", "= 3")]
    [InlineData("-gt '2'", "> 2")]
    [InlineData("-gt 1.5", "> 1")]
    [InlineData("-ge $half", ">= 4")]
    [InlineData("-gt $decimalHalf", "> 3")]
    [InlineData("-lt -1.5", "< -1")]
    [InlineData("-le -1.5", "<= -2")]
    [InlineData("-eq $largest", "= 2147483647")]
    [InlineData("-eq $smallest", "= -2147483648")]
    public void Pushes_down_a_comparison_with_a_whole_number(string condition, string pushedDown) =>
        Block.AssertPushedDown($"$_.TrainingConfig.Epochs {condition}", $"training_config.epochs {pushedDown}");

    [Theory]
    [InlineData("2 -lt", "> 2")]
    [InlineData("1.5 -lt", "> 1")]
    [InlineData("'3' -eq", "= 3")]
    [InlineData("3 -le", ">= 3")]
    [InlineData("-2 -gt", "< -2")]
    [InlineData("-3 -ge", "<= -3")]
    [InlineData("3 -eq", "= 3")]
    public void Mirrors_the_operator_with_the_value_on_the_left(string condition, string pushedDown) =>
        Block.AssertPushedDown($"{condition} $_.TrainingConfig.Epochs", $"training_config.epochs {pushedDown}");

    [Theory]
    [InlineData("-le 2", "> 2")]
    [InlineData("-le 1.5", "> 1")]
    [InlineData("-lt 2.5", ">= 3")]
    [InlineData("-lt 3", ">= 3")]
    [InlineData("-ge -2", "< -2")]
    [InlineData("-gt -3", "<= -3")]
    [InlineData("-ne 3", "= 3")]
    [InlineData("-cne 3", "= 3")]
    public void Inverts_the_operator_of_a_negated_comparison(string condition, string pushedDown) =>
        Block.AssertPushedDown($"-not ($_.TrainingConfig.Epochs {condition})", $"training_config.epochs {pushedDown}");

    [Theory]
    [InlineData("$long")]
    [InlineData("$short")]
    [InlineData("$byte")]
    [InlineData("$sbyte")]
    [InlineData("$ushort")]
    [InlineData("$uint")]
    [InlineData("$ulong")]
    [InlineData("$double")]
    [InlineData("$float")]
    [InlineData("$decimal")]
    public void Accepts_any_numeric_type(string value)
    {
        Block.AssertPushedDown($"$_.TrainingConfig.Epochs -eq {value}", "training_config.epochs = 3");
        Block.AssertPushedDown(
            $"$_.LossConfig.KlBeta -eq {value}",
            "loss_config.kl_beta >= 2.999997 AND loss_config.kl_beta <= 3.000003"
        );
    }

    [Theory]
    [InlineData("$half")]
    [InlineData("$decimalHalf")]
    [InlineData("$nearlyThree")]
    [InlineData("$tooLarge")]
    [InlineData("$tooSmall")]
    [InlineData("$nan")]
    [InlineData("$floatNan")]
    [InlineData("$infinity")]
    [InlineData("$floatInfinity")]
    [InlineData("'three'")]
    [InlineData("'03'")]
    [InlineData("$true")]
    public void Keeps_a_comparison_local_with_a_value_that_is_not_a_whole_number_of_32_bits(string value)
    {
        Block.AssertLocal($"$_.TrainingConfig.Epochs -eq {value}", NotANumber);
        Assert.Equal("", Block.Filter($"$_.TrainingConfig.Epochs -in 3, {value}"));
    }

    [Theory]
    [InlineData("$nan")]
    [InlineData("$floatNan")]
    [InlineData("$infinity")]
    [InlineData("$floatInfinity")]
    [InlineData("'three'")]
    [InlineData("'NaN'")]
    [InlineData("$true")]
    public void Keeps_a_floating_point_comparison_local_with_a_value_that_is_not_a_finite_number(string value)
    {
        Block.AssertLocal($"$_.TrainingConfig.LearningRate -eq {value}", NotANumber);
        Block.AssertLocal($"$_.TrainingConfig.LearningRate -in 3, {value}", NotANumber);
    }

    [Theory]
    [InlineData("'2' -lt $_.TrainingConfig.Epochs")]
    [InlineData("'03' -eq $_.TrainingConfig.Epochs")]
    [InlineData("$_.TrainingConfig.Epochs -gt $tooLarge")]
    [InlineData("$_.TrainingConfig.Epochs -gt $nearlyThree")]
    [InlineData("'1e-5' -lt $_.TrainingConfig.LearningRate")]
    public void Keeps_a_comparison_local_that_compares_strings_or_is_out_of_range(string block) =>
        Block.AssertLocal(block, NotANumber);

    [Theory]
    [InlineData("-in '2', '3'", "training_config.epochs = 2 OR training_config.epochs = 3")]
    public void Pushes_down_each_of_several_whole_numbers_that_are_strings(string condition, string filter) =>
        Block.AssertPushedDown($"$_.TrainingConfig.Epochs {condition}", filter);

    [Theory]
    [InlineData("-lt 3")]
    [InlineData("-le 0")]
    [InlineData("-ge 0")]
    [InlineData("-gt -1")]
    [InlineData("-eq 0")]
    [InlineData("-ne 3")]
    [InlineData("-in 0, 3")]
    [InlineData("-notin 3, 4")]
    public void Keeps_conditions_local_that_match_an_unset_number(string condition)
    {
        Block.AssertLocal(
            $"$_.TrainingConfig.Epochs {condition}",
            "it also matches jobs without TrainingConfig.Epochs"
        );
        Block.AssertLocal($"$_.LossConfig.KlBeta {condition}", "it also matches jobs without LossConfig.KlBeta");
    }

    [Theory]
    [InlineData("-gt 0.00005", "training_config.learning_rate >= 0.00004999995")]
    [InlineData("-ge 0.00005", "training_config.learning_rate >= 0.00004999995")]
    [InlineData("-lt -0.5", "training_config.learning_rate <= -0.4999995")]
    [InlineData("-le -0.5", "training_config.learning_rate <= -0.4999995")]
    [InlineData("-eq 0.1", "training_config.learning_rate >= 0.0999999 AND training_config.learning_rate <= 0.1000001")]
    [InlineData("-gt '1e-5'", "training_config.learning_rate >= 0.00000999999")]
    [InlineData("-ge '0.00005'", "training_config.learning_rate >= 0.00004999995")]
    [InlineData(
        "-in '0.1'",
        "training_config.learning_rate >= 0.0999999 AND training_config.learning_rate <= 0.1000001"
    )]
    [InlineData("-gt $nearlyLargestFloat", "training_config.learning_rate >= 339999660000000000000000000000000000000")]
    public void Widens_the_bounds_of_a_floating_point_number(string condition, string filter) =>
        Block.AssertPushedDown($"$_.TrainingConfig.LearningRate {condition}", filter);

    [Theory]
    [InlineData("$_.TrainingConfig.LearningRate -in 1, 2")]
    [InlineData("$_.TrainingConfig.LearningRate -in '1', '2'")]
    public void Widens_the_bounds_of_each_of_several_floating_point_numbers(string block) =>
        Block.AssertPushedDown(
            block,
            "(training_config.learning_rate >= 0.999999 AND training_config.learning_rate <= 1.000001)"
                + " OR (training_config.learning_rate >= 1.999998 AND training_config.learning_rate <= 2.000002)"
        );

    [Theory]
    [InlineData("-not ($_.TrainingConfig.LearningRate -le 0.5)")]
    [InlineData("-not ($_.TrainingConfig.LearningRate -ne 0.5)")]
    public void Keeps_a_negated_floating_point_comparison_local_because_it_matches_NaN(string block) =>
        Assert.Equal(
            "it has no exact equivalent on the service",
            Assert.Single(Block.Translate(block).LocalConditions).Reason
        );

    [Theory]
    [InlineData("$_.TrainingConfig.LearningRate -eq $largestFloat")]
    [InlineData("$_.TrainingConfig.LearningRate -in 1, $largestFloat")]
    public void Keeps_a_comparison_local_with_a_number_beyond_float32(string block) =>
        Block.AssertLocal(block, "it has no exact equivalent on the service");

    [Theory]
    [InlineData("$_.UseReservation")]
    [InlineData("$_.UseReservation -eq $true")]
    [InlineData("$true -eq $_.UseReservation")]
    [InlineData("$_.UseReservation -eq 7")]
    [InlineData("$_.UseReservation -in $true")]
    public void Pushes_down_a_boolean_that_must_be_true(string block) =>
        Block.AssertPushedDown(block, "use_reservation = true");

    [Theory]
    [InlineData("$_.UseReservation -eq $false", "it also matches jobs without UseReservation")]
    [InlineData("$_.UseReservation -ne $true", "it also matches jobs without UseReservation")]
    [InlineData("$_.UseReservation -gt $true", "it never matches")]
    public void Keeps_a_boolean_condition_local_that_matches_false_or_nothing(string block, string reason) =>
        Block.AssertLocal(block, reason);

    [Theory]
    [InlineData("-not $_.UseReservation")]
    public void Keeps_a_negated_boolean_local(string block) =>
        Assert.Equal(
            "it also matches jobs without UseReservation",
            Assert.Single(Block.Translate(block).LocalConditions).Reason
        );
}
