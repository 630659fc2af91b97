using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Words of other languages in filters.</summary>
public sealed class FilterLinterTests
{
    [Theory]
    [InlineData("state = JOB_STATE_FAILED and training_config.epochs > 1", "'and' (use AND)")]
    [InlineData("a = 1 And b = 2 And c = 3", "'And' (use AND)")]
    [InlineData("a = 1 && b = 2", "'&&' (use AND)")]
    [InlineData("a = 1 or b = 2", "'or' (use OR)")]
    [InlineData("a = 1 || b = 2", "'||' (use OR)")]
    [InlineData("not a = 1", "'not' (use NOT)")]
    [InlineData("a = 1 and not b = 2", "'and' (use AND), 'not' (use NOT)")]
    [InlineData("x AND not y = 3", "'not' (use NOT)")]
    [InlineData("a = 1 OR b = 2 and c = 3", "'and' (use AND)")]
    [InlineData("a = 1 -and b = 2 -or c = 3", "'-and' (use AND), '-or' (use OR)")]
    [InlineData("a = (b or c)", "'or' (use OR)")]
    [InlineData("(a = 1 or b = 2) AND c", "'or' (use OR)")]
    [InlineData("NOT (a = 1 or b = 2)", "'or' (use OR)")]
    [InlineData("not (a = 1)", "'not' (use NOT)")]
    [InlineData("not(a)", "'not' (use NOT)")]
    [InlineData("a eq 1", "'eq' (use =)")]
    [InlineData("a -eq 1", "'-eq' (use =)")]
    [InlineData("a is null", "'is' (use =)")]
    [InlineData("a NE 1", "'NE' (use !=)")]
    [InlineData("a -gt 1", "'-gt' (use >)")]
    [InlineData("a ge 1", "'ge' (use >=)")]
    [InlineData("a lt 1", "'lt' (use <)")]
    [InlineData("a le 1", "'le' (use <=)")]
    [InlineData("a LIKE 'x%'", "'LIKE' (use = with * in a quoted value)")]
    [InlineData("a -match 'x'", "'-match' (use :)")]
    [InlineData("contains(a, 'x')", "'contains' (use :)")]
    [InlineData("state IN (a)", "'IN' (use field = a OR field = b)")]
    [InlineData("state IN('a', 'b')", "'IN' (use field = a OR field = b)")]
    [InlineData("a BETWEEN 1 AND 2", "'BETWEEN' (use field >= a AND field <= b)")]
    public void Warns_once_about_operators_of_other_languages_and_names_the_right_ones(string filter, string words)
    {
        Assert.Equal(
            $"The filter contains words that AIP-160 does not read as operators but as text to search for: {words}.",
            Assert.Single(FilterLinter.Check(filter))
        );
    }

    [Theory]
    [InlineData("State = JOB_STATE_FAILED", "'State' (use state)")]
    [InlineData("CreateTime > timestamp('2026-11-01T00:00:00Z')", "'CreateTime' (use create_time)")]
    [InlineData("createTime > '2026-11-01T00:00:00Z'", "'createTime' (use create_time)")]
    [InlineData("NOT TrainingConfig.Epochs > 1", "'TrainingConfig.Epochs' (use training_config.epochs)")]
    [InlineData(
        "training_config.Epochs > 1 OR Dataset = x",
        "'training_config.Epochs' (use training_config.epochs), 'Dataset' (use dataset)"
    )]
    [InlineData("Duration > 3600", "'Duration' (known only to the module; use a script block)")]
    [InlineData("id = nightly-1", "'id' (known only to the module; use a script block)")]
    [InlineData("state = Failed", "'Failed' (use JOB_STATE_FAILED)")]
    [InlineData("state != \"EARLY_STOPPED\"", "'EARLY_STOPPED' (use JOB_STATE_EARLY_STOPPED)")]
    [InlineData("State = failed", "'State' (use state), 'failed' (use JOB_STATE_FAILED)")]
    public void Warns_once_about_names_that_the_service_spells_differently(string filter, string names)
    {
        Assert.Equal(
            $"The filter contains names that the service spells differently: {names}.",
            Assert.Single(FilterLinter.Check(filter))
        );
    }

    [Fact]
    public void Warns_about_operators_and_names_separately()
    {
        Assert.Equal(2, FilterLinter.Check("State = JOB_STATE_FAILED and a = 1").Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("and")]
    [InlineData("state = JOB_STATE_FAILED AND NOT training_config.epochs > 1 OR -dataset : x")]
    [InlineData("state = JOB_STATE_NEW")]
    [InlineData("state = \"JOB_STATE_FAILED\"")]
    [InlineData("state = Nope")]
    [InlineData("newField = 1")]
    [InlineData("labels.State = 1")]
    [InlineData("a = and")]
    [InlineData("a = \"x and y\"")]
    [InlineData("android \"and\" landlord")]
    [InlineData("create_time > timestamp(\"2026-11-01T00:00:00Z\")")]
    [InlineData("a = 1 and )")]
    public void Does_not_warn_about_other_filters(string filter)
    {
        Assert.Empty(FilterLinter.Check(filter));
    }
}
