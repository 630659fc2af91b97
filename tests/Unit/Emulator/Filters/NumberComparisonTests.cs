using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

public sealed class NumberComparisonTests
{
    [Fact]
    public void Compares_integers_as_numbers()
    {
        FilterAssert.Selects(job => job.LoraRank == 16, "training_config.lora_rank = 16");
        FilterAssert.Selects(job => job.LoraRank != 16, "training_config.lora_rank != 16");
        FilterAssert.Selects(job => job.LoraRank < 16, "training_config.lora_rank < 16");
        FilterAssert.Selects(job => job.LoraRank <= 16, "training_config.lora_rank<=16");
        FilterAssert.Selects(job => job.LoraRank > 16, "training_config.lora_rank>16");
        FilterAssert.Selects(job => job.LoraRank >= 16, "training_config.lora_rank >= 016");
    }

    [Fact]
    public void Compares_floats_with_a_fraction_or_an_exponent()
    {
        FilterAssert.Selects(job => job.LearningRate <= 0.00005m, "training_config.learning_rate <= 5e-5");
        FilterAssert.Selects(job => job.LearningRate == 0.00005m, "training_config.learning_rate = 0.5E-4");
        FilterAssert.Selects(job => job.LearningRate > 0.00005m, "training_config.learning_rate > 0.00005");
        FilterAssert.Selects(job => job.LearningRate != 0.0003m, "training_config.learning_rate != 3e-4");
        FilterAssert.Selects(job => job.LoraDropout > 0, "training_config.lora_dropout > 0");
        FilterAssert.Selects(job => job.HasLoss && job.KlBeta < 1, "loss_config.kl_beta < 2.997e+9");
    }

    [Fact]
    public void Compares_with_negative_numbers()
    {
        FilterAssert.Selects(job => job.HasLoss && job.IsDpo, "loss_config.dpo.ref_cache_concurrency > -5");
        FilterAssert.Selects(job => job.HasLoss, "loss_config.kl_beta > -2.5");
        FilterAssert.Selects(job => job.HasLoss, "loss_config.kl_beta != -2.5e-3");
    }

    [Fact]
    public void Compares_with_very_large_and_very_small_numbers()
    {
        FilterAssert.Selects(job => job.HasLoss, "loss_config.kl_beta < 1e400");
        FilterAssert.Selects(job => job.HasLoss, "loss_config.kl_beta > -1e30");
        FilterAssert.Selects(job => job.HasLoss && job.KlBeta == 0, "loss_config.kl_beta = 1e-99999999999");
    }

    [Theory]
    [InlineData("two", "two is not")]
    [InlineData("\"2\"", "\"2\" is not (it is a string)")]
    [InlineData("2.5", "2.5 is not")]
    [InlineData("2.0", "2.0 is not")]
    [InlineData("2e0", "2e0 is not")]
    [InlineData("+2", "+2 is not")]
    [InlineData("2147483648", "2147483648 is not")]
    [InlineData("true", "true is not")]
    [InlineData("null", "null is not")]
    [InlineData("*", "* is not")]
    [InlineData("20s", "the duration 20s is not")]
    [InlineData("duration(\"1.5s\")", "the duration \"1.5s\" is not")]
    [InlineData("timestamp(\"2026-10-01T00:00:00Z\")", "the time \"2026-10-01T00:00:00Z\" is not")]
    [InlineData("training_config.lora_rank", "training_config.lora_rank is not")]
    public void Rejects_a_value_that_is_not_a_32_bit_integer(string value, string why) =>
        FilterAssert.Rejects(
            $"training_config.epochs = {value}",
            26,
            $"\"training_config.epochs\" is a 32-bit integer, {why}"
        );

    [Theory]
    [InlineData("high")]
    [InlineData("'0.1'")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("٣")]
    [InlineData("1.5s")]
    public void Rejects_a_value_that_is_not_a_number(string value) =>
        FilterAssert.Rejects($"loss_config.dpo.beta >= {value}", 25, "\"loss_config.dpo.beta\" is a number");
}
