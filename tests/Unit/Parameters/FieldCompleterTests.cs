using System.Collections;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>
/// The number of completions. Their text is not available here, because CompletionResult is a stub in PowerShellStandard: the
/// Pester suite checks it with TabExpansion2.
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
    public void Completes_a_read_mask_with_the_matching_fields(string word, int count)
    {
        Assert.Equal(count, Complete(new ReadMaskCompleter(), word));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Offers_the_top_level_fields_without_a_word(string? word)
    {
        Assert.Equal(
            JobFields.All.Count(field => !field.PropertyPath.Contains('.')),
            Complete(new ReadMaskCompleter(), word)
        );
    }

    [Fact]
    public void Offers_all_fields_of_an_object_after_its_dot()
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
    public void Offers_only_sortable_fields_in_both_directions(string word, int count)
    {
        Assert.Equal(count, Complete(new OrderByCompleter(), word));
    }

    [Fact]
    public void Offers_no_order_by_a_secret()
    {
        var secrets = JobFields.All.Where(field => field.Type == typeof(SecretText)).ToList();

        Assert.Equal(2, secrets.Count);
        Assert.All(secrets, field => Assert.Equal(0, Complete(new OrderByCompleter(), field.PropertyPath)));
    }

    private static int Complete(FieldCompleter completer, string? word) =>
        completer.CompleteArgument("Get-FwDpoJob", "ReadMask", word!, null!, new Hashtable()).Count();
}
