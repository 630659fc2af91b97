using System.Collections;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>
/// How many completions a word has. Their texts cannot be seen here, since PowerShellStandard's CompletionResult is a
/// stub without contents: the Pester suite reads them through TabExpansion2.
/// </summary>
public sealed class FieldCompleterTests
{
    [Theory]
    [InlineData("TrainingConfig.BaseM", 1)]
    [InlineData("trainingconfig.basem", 1)]
    [InlineData("training_config.base_m", 1)]
    [InlineData("BaseM", 1)]
    [InlineData("'BaseM", 1)]
    [InlineData("\"BaseM", 1)]
    [InlineData("Name,BaseM", 1)]
    [InlineData("'Name, BaseM", 1)]
    [InlineData("TrainingConfig.LrScheduler.", 3)]
    [InlineData("TrainingConfig.LrScheduler.Cosine.", 2)]
    [InlineData("AwsS3Config.", 2)]
    [InlineData("Nobody", 0)]
    [InlineData("TrainingConfig.Nobody", 0)]
    [InlineData("TrainingConfig.BaseModel.", 0)]
    [InlineData("Name.x.y.z.w", 0)]
    public void A_word_of_a_mask_has_as_many_completions_as_fields_fit(string word, int count)
    {
        Assert.Equal(count, Complete(new ReadMaskCompleter(), word));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Without_a_word_the_fields_of_the_job_itself_are_offered(string? word)
    {
        Assert.Equal(
            JobFields.All.Count(field => !field.PropertyPath.Contains('.')),
            Complete(new ReadMaskCompleter(), word)
        );
    }

    [Fact]
    public void Behind_the_dot_of_each_part_all_its_fields_are_offered()
    {
        Assert.All(
            JobFields.All.Where(field => typeof(ApiObject).IsAssignableFrom(field.Type)),
            part =>
                Assert.Equal(
                    JobFields.All.Count(field =>
                        field.PropertyPath.StartsWith(part.PropertyPath + ".", System.StringComparison.Ordinal)
                        && !field.PropertyPath[(part.PropertyPath.Length + 1)..].Contains('.')
                    ),
                    Complete(new ReadMaskCompleter(), part.PropertyPath + ".")
                )
        );
    }

    [Theory]
    [InlineData("CreateT", 2)]
    [InlineData("TrainingConfig.Epochs", 2)]
    [InlineData("State", 2)]
    [InlineData("Duration", 0)]
    [InlineData("Id", 0)]
    [InlineData("WandbConfig.ApiKey", 0)]
    [InlineData("TrainerLogsSignedUrl", 0)]
    [InlineData("TrainingConfig.LoraTargetModules", 0)]
    [InlineData("Status", 0)]
    public void A_field_that_has_an_order_is_offered_in_both_directions_and_no_other(string word, int count)
    {
        Assert.Equal(count, Complete(new OrderByCompleter(), word));
    }

    [Fact]
    public void No_order_is_offered_for_a_secret()
    {
        var secrets = JobFields.All.Where(field => field.Type == typeof(SecretText)).ToList();

        Assert.Equal(2, secrets.Count);
        Assert.All(secrets, field => Assert.Equal(0, Complete(new OrderByCompleter(), field.PropertyPath)));
    }

    private static int Complete(FieldCompleter completer, string? word) =>
        completer.CompleteArgument("Get-FwDpoJob", "ReadMask", word!, null!, new Hashtable()).Count();
}
