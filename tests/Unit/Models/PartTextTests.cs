using System.Globalization;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>The string form of the parts of a job, which exports such as CSV write.</summary>
public sealed class PartTextTests
{
    [Fact]
    public void Shows_the_fields_that_are_set_in_one_line()
    {
        var job = Parse.Job(
            """
            {
              "purpose": "PURPOSE_UNSPECIFIED",
              "trainingConfig": {
                "baseModel": "accounts/fireworks/models/m", "learningRate": 0.0001, "epochs": 0, "region": "REGION_UNSPECIFIED",
                "loraTargetModules": ["q_proj", "k_proj"], "lrScheduler": { "constant": {} }, "jinjaTemplate": "a\nb\u001b[0m"
              },
              "lossConfig": { "method": "DPO", "dpo": { "beta": 0.5 }, "orpo": {}, "novelty": { "a": 1, "b": ["x", true] } }
            }
            """
        );
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        Assert.Equal(
            "BaseModel=accounts/fireworks/models/m; JinjaTemplate=a\u240ab\u241b[0m; LearningRate=0.0001; Epochs=0; "
                + "LoraTargetModules=q_proj, k_proj; LrScheduler={ Constant={ } }",
            job.TrainingConfig!.ToString()
        );
        Assert.Equal("Method=DPO; Dpo={ Beta=0.5 }; novelty={ a=1; b=x, True }", job.LossConfig!.ToString());
    }

    [Fact]
    public void Shows_secrets_as_placeholders()
    {
        var job = Parse.Job(
            """{"wandbConfig":{"apiKey":"canary","other":{"sessionSecret":"canary"}},"newToken":"canary"}"""
        );

        Assert.Equal("ApiKey=(secret); other={ sessionSecret=(secret) }", job.WandbConfig!.ToString());
        Assert.Equal("newToken=(secret)", job.AdditionalData.ToString());
    }

    [Fact]
    public void Shows_the_number_of_jobs_of_a_page()
    {
        Assert.Equal("Jobs=2; NextPageToken=t", Parse.Page("""{"dpoJobs":[{},{}],"nextPageToken":"t"}""").ToString());
    }

    [Fact]
    public void The_text_is_empty_when_nothing_is_set()
    {
        Assert.All(
            ModelTypes.Parts.Append(typeof(DpoJob)),
            type => Assert.Equal("", JsonSerializer.Deserialize("{}", ModelTypes.Metadata(type))!.ToString())
        );
        Assert.Equal("", new DpoJob().AdditionalData.ToString());
    }
}
