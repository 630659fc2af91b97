using System.Collections;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>The number of states for a word. See <see cref="FieldCompleterTests"/> for why only the number.</summary>
public sealed class JobStateCompleterTests
{
    [Theory]
    [InlineData("Fail", 1)]
    [InlineData("fail", 1)]
    [InlineData("Failed", 1)]
    [InlineData("'Fail", 1)]
    [InlineData("'Fail'", 1)]
    [InlineData("\"Fail", 1)]
    [InlineData("Cancel", 2)]
    [InlineData("De", 3)]
    [InlineData("job_state_de", 3)]
    [InlineData("JOB_STATE_RE_", 1)]
    [InlineData("ReQ", 1)]
    [InlineData("Un", 0)]
    [InlineData("JOB_STATE_UN", 0)]
    [InlineData("ailed", 0)]
    [InlineData("Failed,", 0)]
    public void Offers_states_that_start_with_the_word_in_either_spelling(string word, int count)
    {
        Assert.Equal(count, Complete(word));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("JOB_STATE_")]
    public void Offers_every_state_without_a_word(string? word)
    {
        Assert.Equal(JobStates.Named.Count(), Complete(word));
    }

    private static int Complete(string? word) =>
        new JobStateCompleter().CompleteArgument("Get-FwDpoJob", "State", word!, null!, new Hashtable()).Count();
}
