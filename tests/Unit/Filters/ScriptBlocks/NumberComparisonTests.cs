using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on numbers and booleans.</summary>
public sealed class NumberComparisonTests
{
    private const string OtherKind = "its value is not a number of the field's kind";

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
    [InlineData("-eq $largest", "= 2147483647")]
    [InlineData("-eq $smallest", "= -2147483648")]
    public void A_whole_number_is_compared_as_it_is(string condition, string sent) =>
        Block.IsSent($"$_.TrainingConfig.Epochs {condition}", $"training_config.epochs {sent}");

    [Theory]
    [InlineData("2 -lt", "> 2")]
    [InlineData("3 -le", ">= 3")]
    [InlineData("-2 -gt", "< -2")]
    [InlineData("-3 -ge", "<= -3")]
    [InlineData("3 -eq", "= 3")]
    public void A_value_on_the_left_turns_the_comparison(string condition, string sent) =>
        Block.IsSent($"{condition} $_.TrainingConfig.Epochs", $"training_config.epochs {sent}");

    [Theory]
    [InlineData("-le 2", "> 2")]
    [InlineData("-lt 3", ">= 3")]
    [InlineData("-ge -2", "< -2")]
    [InlineData("-gt -3", "<= -3")]
    [InlineData("-ne 3", "= 3")]
    [InlineData("-cne 3", "= 3")]
    public void A_negation_opposes_the_comparison(string condition, string sent) =>
        Block.IsSent($"-not ($_.TrainingConfig.Epochs {condition})", $"training_config.epochs {sent}");

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
    public void Any_type_of_number_will_do(string value)
    {
        Block.IsSent($"$_.TrainingConfig.Epochs -eq {value}", "training_config.epochs = 3");
        Block.IsSent(
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
    [InlineData("'3'")]
    [InlineData("$true")]
    public void Other_values_stay_here(string value)
    {
        Block.Stays($"$_.TrainingConfig.Epochs -eq {value}", OtherKind);
        Assert.Equal("", Block.Filter($"$_.TrainingConfig.Epochs -in 3, {value}"));
    }

    [Theory]
    [InlineData("$nan")]
    [InlineData("$floatNan")]
    [InlineData("$infinity")]
    [InlineData("$floatInfinity")]
    [InlineData("'3'")]
    [InlineData("$true")]
    public void What_is_no_number_stays_here_for_a_fraction_too(string value)
    {
        Block.Stays($"$_.TrainingConfig.LearningRate -eq {value}", OtherKind);
        Block.Stays($"$_.TrainingConfig.LearningRate -in 3, {value}", OtherKind);
    }

    [Theory]
    [InlineData("-lt 3")]
    [InlineData("-le 0")]
    [InlineData("-ge 0")]
    [InlineData("-gt -1")]
    [InlineData("-eq 0")]
    [InlineData("-ne 3")]
    [InlineData("-in 0, 3")]
    [InlineData("-notin 3, 4")]
    public void What_holds_for_a_field_that_is_not_set_stays_here(string condition)
    {
        Block.Stays($"$_.TrainingConfig.Epochs {condition}", "it holds for jobs without TrainingConfig.Epochs too");
        Block.Stays($"$_.LossConfig.KlBeta {condition}", "it holds for jobs without LossConfig.KlBeta too");
    }

    [Theory]
    [InlineData("-gt 0.00005", "training_config.learning_rate >= 4.999995E-05")]
    [InlineData("-ge 0.00005", "training_config.learning_rate >= 4.999995E-05")]
    [InlineData("-lt -0.5", "training_config.learning_rate <= -0.4999995")]
    [InlineData("-le -0.5", "training_config.learning_rate <= -0.4999995")]
    [InlineData("-eq 0.1", "training_config.learning_rate >= 0.0999999 AND training_config.learning_rate <= 0.1000001")]
    [InlineData("-gt $nearlyLargestFloat", "training_config.learning_rate >= 3.3999966E+38")]
    public void A_fraction_is_sent_with_a_margin(string condition, string filter) =>
        Block.IsSent($"$_.TrainingConfig.LearningRate {condition}", filter);

    [Theory]
    [InlineData("$_.TrainingConfig.LearningRate -in 1, 2")]
    public void Of_several_fractions_each_has_its_margin(string block) =>
        Block.IsSent(
            block,
            "(training_config.learning_rate >= 0.999999 AND training_config.learning_rate <= 1.000001)"
                + " OR (training_config.learning_rate >= 1.999998 AND training_config.learning_rate <= 2.000002)"
        );

    [Theory]
    [InlineData("-not ($_.TrainingConfig.LearningRate -le 0.5)")]
    [InlineData("-not ($_.TrainingConfig.LearningRate -ne 0.5)")]
    public void A_negation_is_true_of_what_is_not_a_number_so_it_stays(string block) =>
        Assert.Equal(
            "it does not certainly mean the same to the service",
            Assert.Single(Block.Translate(block).Kept).Reason
        );

    [Theory]
    [InlineData("$_.TrainingConfig.LearningRate -eq $largestFloat")]
    [InlineData("$_.TrainingConfig.LearningRate -in 1, $largestFloat")]
    public void What_the_service_cannot_hold_stays_here(string block) =>
        Block.Stays(block, "it does not certainly mean the same to the service");

    [Theory]
    [InlineData("$_.UseReservation")]
    [InlineData("$_.UseReservation -eq $true")]
    [InlineData("$true -eq $_.UseReservation")]
    [InlineData("$_.UseReservation -eq 7")]
    [InlineData("$_.UseReservation -in $true")]
    public void A_switch_that_is_on_is_asked_for(string block) => Block.IsSent(block, "use_reservation = true");

    [Theory]
    [InlineData("$_.UseReservation -eq $false", "it holds for jobs without UseReservation too")]
    [InlineData("$_.UseReservation -ne $true", "it holds for jobs without UseReservation too")]
    [InlineData("$_.UseReservation -gt $true", "it never holds")]
    public void A_switch_that_may_be_off_stays_here(string block, string reason) => Block.Stays(block, reason);

    [Theory]
    [InlineData("-not $_.UseReservation")]
    public void A_switch_that_is_negated_stays_here(string block) =>
        Assert.Equal("it holds for jobs without UseReservation too", Assert.Single(Block.Translate(block).Kept).Reason);
}
