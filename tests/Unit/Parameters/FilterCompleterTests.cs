using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>The number of completions at the end of a filter. See <see cref="FieldCompleterTests"/> for why only the number.</summary>
public sealed class FilterCompleterTests
{
    private const int Connectives = 2;

    private static readonly int States = JobStates.Named.Count();

    private static readonly int Fields = JobFields.All.Count(field =>
        !field.IsComputed
        && field.Type != typeof(SecretText)
        && field.Type != typeof(IReadOnlyList<RpcStatusDetail>)
        && !typeof(ApiObject).IsAssignableFrom(field.Type)
    );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("(")]
    [InlineData("'(")]
    [InlineData("'-")]
    [InlineData("'NOT ")]
    [InlineData("'state = JOB_STATE_FAILED AND ")]
    [InlineData("'state = JOB_STATE_FAILED OR '")]
    [InlineData("'state = JOB_STATE_FAILED AND (")]
    [InlineData("'state = JOB_STATE_FAILED AND NOT ")]
    public void Offers_every_field_where_a_condition_can_start(string? word)
    {
        Assert.Equal(Fields, Complete(word));
    }

    [Theory]
    [InlineData("sta", 3)]
    [InlineData("'sta", 3)]
    [InlineData("'sta'", 3)]
    [InlineData("\"STA", 3)]
    [InlineData("create", 2)]
    [InlineData("create_", 1)]
    [InlineData("'(create_", 1)]
    [InlineData("'-create_", 1)]
    [InlineData("'state = JOB_STATE_FAILED AND create_", 1)]
    [InlineData("training_config.base", 1)]
    [InlineData("training_config.lr_scheduler.cosine.", 2)]
    [InlineData("wandb_config.api", 0)]
    [InlineData("trainer_logs", 0)]
    [InlineData("duration", 0)]
    [InlineData("nobody", 0)]
    public void Completes_the_name_of_a_field_that_is_not_secret(string word, int count)
    {
        Assert.Equal(count, Complete(word));
    }

    [Theory]
    [InlineData("'state = ")]
    [InlineData("'state=")]
    [InlineData("'state != ")]
    [InlineData("'state = '")]
    [InlineData("\"state = ")]
    [InlineData("'state = JOB_STATE_")]
    [InlineData("'state = job_state_")]
    [InlineData("'state = (")]
    [InlineData("'state = (JOB_STATE_FAILED OR ")]
    [InlineData("'(state = ")]
    [InlineData("'create_time > 2026-11-01 AND state = ")]
    public void Offers_every_state_after_state_and_a_comparator(string word)
    {
        Assert.Equal(States, Complete(word));
    }

    [Theory]
    [InlineData("'state = JOB_STATE_CANCEL", 2)]
    [InlineData("'state = job_state_cancelled", 1)]
    [InlineData("'state = (JOB_STATE_FAILED OR JOB_STATE_CANCEL", 2)]
    [InlineData("'wandb_config.enabled = ", 2)]
    [InlineData("'wandb_config.enabled = t", 1)]
    [InlineData("'use_reservation=F", 1)]
    [InlineData("'display_name = ", 0)]
    [InlineData("'create_time = ", 0)]
    [InlineData("'nobody = ", 0)]
    [InlineData("'state = x", 0)]
    [InlineData("'create_time > ", 0)]
    [InlineData("'create_time >= ", 0)]
    [InlineData("'create_time <= ", 0)]
    [InlineData("'display_name : ", 0)]
    public void Offers_only_values_of_the_field_after_a_comparator(string word, int count)
    {
        Assert.Equal(count, Complete(word));
    }

    [Theory]
    [InlineData("'state = JOB_STATE_FAILED ")]
    [InlineData("'state = JOB_STATE_FAILED '")]
    [InlineData("'state=JOB_STATE_FAILED ")]
    [InlineData("'create_time >= timestamp(\"2026-11-01T00:00:00Z\") ")]
    [InlineData("'(training_config.epochs > 1 ")]
    [InlineData("'display_name : \"x\" ")]
    [InlineData("'state = JOB_STATE_FAILED AND dataset != \"x\" ")]
    public void Offers_connectives_after_a_condition(string word)
    {
        Assert.Equal(Connectives, Complete(word));
    }

    [Theory]
    [InlineData("'create_time >= 2026-11-01")]
    [InlineData("'training_config.epochs > 1")]
    [InlineData("'state = JOB_STATE_FAILED)")]
    public void Offers_nothing_inside_a_free_value(string word)
    {
        Assert.Equal(0, Complete(word));
    }

    private static int Complete(string? word) =>
        new FilterCompleter().CompleteArgument("Get-FwDpoJob", "Filter", word!, null!, new Hashtable()).Count();
}
