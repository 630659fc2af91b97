using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Conditions on strings.</summary>
public sealed class TextComparisonTests
{
    private const string IgnoresCase =
        "it ignores case, unlike the service; -ceq, -cin and lower-case names are pushed down";

    [Theory]
    [InlineData("Dataset", "dataset")]
    [InlineData("TrainingConfig.OutputModel", "training_config.output_model")]
    [InlineData("TrainingConfig.BaseModel", "training_config.base_model")]
    [InlineData("TrainingConfig.WarmStartFrom", "training_config.warm_start_from")]
    public void Pushes_down_a_comparison_of_a_lower_case_name_that_ignores_case(string property, string field)
    {
        Block.AssertPushedDown($"$_.{property} -eq 'accounts/a-1/models/b'", $"{field} = \"accounts/a-1/models/b\"");
        Block.AssertPushedDown($"'b' -eq $_.{property}", $"{field} = \"b\"");
        Block.AssertPushedDown($"$_.{property} -in 'a', 'b'", $"{field} = \"a\" OR {field} = \"b\"");
    }

    [Theory]
    [InlineData("$_.Name -eq 'accounts/a/dpoJobs/b'", "name = \"accounts/a/dpoJobs/b\"")]
    public void Pushes_down_a_comparison_of_the_name_of_a_job_that_ignores_case(string block, string filter) =>
        Block.AssertPushedDown(block, filter);

    [Theory]
    [InlineData("$_.Id -eq 'b-1'", "name = \"accounts/acme/dpoJobs/b-1\"")]
    [InlineData("'b-1' -ceq $_.Id", "name = \"accounts/acme/dpoJobs/b-1\"")]
    [InlineData("$_.Id -in 'b', 'c'", "name = \"accounts/acme/dpoJobs/b\" OR name = \"accounts/acme/dpoJobs/c\"")]
    public void Pushes_down_a_comparison_of_the_id_as_one_of_the_name(string block, string filter) =>
        Block.AssertPushedDown(block, filter);

    [Fact]
    public void Pushes_down_an_inequality_of_the_id_where_every_job_has_one() =>
        Assert.Equal("name != \"accounts/acme/dpoJobs/b\"", Block.Filter("$_.Id -and $_.Id -ne 'b'"));

    [Theory]
    [InlineData("$_.Id -eq 'B'", "the value is not a job ID")]
    [InlineData("$_.Id -eq 'accounts/acme/dpoJobs/b'", "the value is not a job ID")]
    [InlineData("$_.Id -eq 'b​'", "the value is not a job ID")]
    [InlineData("$_.Id -in 'b', 3", "the value is not a job ID")]
    [InlineData("$_.Id -ne 'b'", "it also matches jobs without Id")]
    [InlineData("$_.Id -gt 'b'", "the service may order strings differently")]
    [InlineData("$_.Id -like 'b*'", "-like has no exact equivalent on the service")]
    [InlineData("$_.AccountId -eq 'acme'", "AccountId is computed locally")]
    public void Keeps_other_comparisons_of_the_id_local(string block, string reason) =>
        Block.AssertLocal(block, reason);

    [Fact]
    public void Keeps_a_comparison_of_the_id_local_while_the_account_is_unknown()
    {
        var translator = new ScriptBlockTranslator(Block.Parse("$_.Id -eq 'b'"), new Block.VariableScope(null));

        Assert.Equal("Id is computed locally", Assert.Single(translator.Translate().LocalConditions).Reason);
    }

    [Theory]
    [InlineData("$_.Name -eq 'accounts/a/dpojobs/b'")]
    [InlineData("$_.Name -eq 'accounts/a/dpoJobs/B'")]
    [InlineData("$_.Name -eq 'b'")]
    [InlineData("$_.CreatedBy -eq 'a'")]
    [InlineData("$_.Dataset -eq 'a.b'")]
    [InlineData("$_.Dataset -in 'a', 'B'")]
    public void Keeps_a_comparison_local_that_ignores_the_case_of_a_value_with_other_characters(string block) =>
        Block.AssertLocal(block, IgnoresCase);

    [Theory]
    [InlineData("Name", "name")]
    [InlineData("Dataset", "dataset")]
    [InlineData("CreatedBy", "created_by")]
    [InlineData("TrainingConfig.OutputModel", "training_config.output_model")]
    [InlineData("TrainingConfig.BaseModel", "training_config.base_model")]
    [InlineData("TrainingConfig.WarmStartFrom", "training_config.warm_start_from")]
    public void Pushes_down_a_case_sensitive_comparison_of_a_name(string property, string field)
    {
        Block.AssertPushedDown($"$_.{property} -ceq 'a/b-c@d.~!'", $"{field} = \"a/b-c@d.~!\"");
        Block.AssertPushedDown($"$_.{property} -cin 'a', 'b'", $"{field} = \"a\" OR {field} = \"b\"");
        Block.AssertLocal($"$_.{property} -eq 'a/B'", IgnoresCase);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a`b'")]
    [InlineData("a\\b")]
    [InlineData("é")]
    [InlineData("a\u200b")]
    [InlineData("\u007f")]
    public void Keeps_a_name_local_with_characters_beyond_plain_ASCII(string value) =>
        Block.AssertLocal(
            $"$_.Dataset -ceq '{value.Replace("'", "''", System.StringComparison.Ordinal)}'",
            "the value contains characters that the service may interpret differently"
        );

    [Theory]
    [InlineData(
        "$_.Dataset -cin 'a', 'a b'",
        "the value contains characters that the service may interpret differently"
    )]
    [InlineData("$_.Dataset -ceq 3", "the value is not a string")]
    [InlineData("$_.Dataset -cin 'a', 3", "the value is not a string")]
    [InlineData("$_.DisplayName -ceq 'a'", "DisplayName may contain characters that the service compares differently")]
    [InlineData("$_.Dataset -cne 'a'", "it also matches jobs without Dataset")]
    [InlineData("$_.Dataset -ceq ''", "it also matches jobs without Dataset")]
    [InlineData("$_.Dataset -cgt 'a'", "the service may order strings differently")]
    public void Keeps_a_string_comparison_local_when_the_service_may_evaluate_it_differently(
        string block,
        string reason
    ) => Block.AssertLocal(block, reason);

    [Theory]
    [InlineData("$_.TrainingConfig.Region -eq 'us_iowa_1'", "training_config.region = US_IOWA_1")]
    [InlineData("$_.TrainingConfig.Region -ceq 'US_IOWA_1'", "training_config.region = US_IOWA_1")]
    [InlineData("$_.LossConfig.Method -eq 'Dpo'", "loss_config.method = DPO")]
    [InlineData("$_.Purpose -eq 'azAZ_09'", "purpose = AZAZ_09")]
    [InlineData("$_.Purpose -in 'a', 'b'", "purpose = A OR purpose = B")]
    public void Pushes_down_a_value_of_an_open_enum_in_upper_case(string block, string filter) =>
        Block.AssertPushedDown(block, filter);

    [Theory]
    [InlineData("$_.Purpose -eq 'a-b'")]
    [InlineData("$_.Purpose -eq 'purpose_unspecified'")]
    [InlineData("$_.Purpose -eq ''")]
    [InlineData("$_.Purpose -eq 'É'")]
    [InlineData("$_.Purpose -in 'A', 'a b'")]
    public void Keeps_a_string_local_that_is_not_a_name_of_an_enum_value(string block) =>
        Block.AssertLocal(block, "Purpose may contain characters that the service compares differently");

    [Theory]
    [InlineData("$_.Purpose -ne 'A'", "it also matches jobs without Purpose")]
    [InlineData("$_.Purpose -gt 'A'", "the service may order strings differently")]
    public void Keeps_inequalities_of_an_open_enum_local(string block, string reason) =>
        Block.AssertLocal(block, reason);
}
