using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on text.</summary>
public sealed class TextComparisonTests
{
    [Theory]
    [InlineData("Name", "name")]
    [InlineData("Dataset", "dataset")]
    [InlineData("CreatedBy", "created_by")]
    [InlineData("TrainingConfig.OutputModel", "training_config.output_model")]
    [InlineData("TrainingConfig.BaseModel", "training_config.base_model")]
    [InlineData("TrainingConfig.WarmStartFrom", "training_config.warm_start_from")]
    public void Names_are_sent_where_case_matters(string property, string field)
    {
        Block.IsSent($"$_.{property} -ceq 'a/b-c@d.~!'", $"{field} = \"a/b-c@d.~!\"");
        Block.IsSent($"$_.{property} -cin 'a', 'b'", $"{field} = \"a\" OR {field} = \"b\"");
        Block.Stays($"$_.{property} -eq 'a'", "it ignores case, and the service does not; -ceq would be sent");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a`b'")]
    [InlineData("a\\b")]
    [InlineData("é")]
    [InlineData("a\u200b")]
    [InlineData("\u007f")]
    public void Names_with_other_characters_stay_here(string value) =>
        Block.Stays(
            $"$_.Dataset -ceq '{value.Replace("'", "''", System.StringComparison.Ordinal)}'",
            "its value has characters that the service may read otherwise"
        );

    [Theory]
    [InlineData("$_.Dataset -cin 'a', 'a b'", "its value has characters that the service may read otherwise")]
    [InlineData("$_.Dataset -ceq 3", "its value is not text")]
    [InlineData("$_.Dataset -cin 'a', 3", "its value is not text")]
    [InlineData(
        "$_.DisplayName -ceq 'a'",
        "DisplayName may hold any characters, which PowerShell compares in its own way"
    )]
    [InlineData("$_.Dataset -cne 'a'", "it holds for jobs without Dataset too")]
    [InlineData("$_.Dataset -ceq ''", "it holds for jobs without Dataset too")]
    [InlineData("$_.Dataset -cgt 'a'", "the order of text is not the same there")]
    public void Other_conditions_stay_here(string block, string reason) => Block.Stays(block, reason);

    [Theory]
    [InlineData("$_.TrainingConfig.Region -eq 'us_iowa_1'", "training_config.region = US_IOWA_1")]
    [InlineData("$_.TrainingConfig.Region -ceq 'US_IOWA_1'", "training_config.region = US_IOWA_1")]
    [InlineData("$_.LossConfig.Method -eq 'Dpo'", "loss_config.method = DPO")]
    [InlineData("$_.Purpose -eq 'azAZ_09'", "purpose = AZAZ_09")]
    [InlineData("$_.Purpose -in 'a', 'b'", "purpose = A OR purpose = B")]
    public void Words_of_an_open_set_are_sent_in_capitals(string block, string filter) => Block.IsSent(block, filter);

    [Theory]
    [InlineData("$_.Purpose -eq 'a-b'")]
    [InlineData("$_.Purpose -eq 'purpose_unspecified'")]
    [InlineData("$_.Purpose -eq ''")]
    [InlineData("$_.Purpose -eq 'É'")]
    [InlineData("$_.Purpose -in 'A', 'a b'")]
    public void What_is_no_such_word_stays_here(string block) =>
        Block.Stays(block, "Purpose may hold any characters, which PowerShell compares in its own way");

    [Theory]
    [InlineData("$_.Purpose -ne 'A'", "it holds for jobs without Purpose too")]
    [InlineData("$_.Purpose -gt 'A'", "the order of text is not the same there")]
    public void Words_of_an_open_set_have_no_order(string block, string reason) => Block.Stays(block, reason);
}
