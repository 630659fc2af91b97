using Xunit;

namespace Fireworks.DpoJobs.Unit.Commands;

/// <summary>The parameters that continue a listing, as warnings and errors show them.</summary>
public sealed class ResumeHintTests
{
    [Theory]
    [InlineData(null, null, "-PageToken 't'")]
    [InlineData(50, null, "-PageToken 't' -PageSize 50")]
    [InlineData(null, 7, "-PageToken 't' -First 7")]
    [InlineData(200, int.MaxValue, "-PageToken 't' -PageSize 200 -First 2147483647")]
    public void Shows_only_parameters_that_have_a_value(int? pageSize, int? first, string text)
    {
        Assert.Equal(
            text,
            new ResumeHint
            {
                PageToken = "t",
                PageSize = pageSize,
                First = first,
            }.ToString()
        );
    }

    [Fact]
    public void Does_not_show_a_token_that_is_too_long_but_where_to_find_it()
    {
        var hint = new ResumeHint { PageToken = new string('t', 1_000_000), PageSize = 50 }.ToString();

        Assert.InRange(hint.Length, 1, 300);
        Assert.Contains("$Error[0].Exception.PageToken", hint, System.StringComparison.Ordinal);
        Assert.EndsWith(" -PageSize 50", hint, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_the_filter_and_lists_the_parameters_that_it_replaces()
    {
        var hint = new ResumeHint
        {
            PageToken = "t",
            PageSize = 50,
            First = 7,
            Filter = "(display_name = 'it') AND create_time >= timestamp(\"2026-11-01T00:00:00Z\")",
        };

        Assert.Equal(
            "-PageToken 't' -PageSize 50 -First 7 -Filter '(display_name = ''it'') AND create_time >= timestamp(\"2026-11-01T00:00:00Z\")'"
                + " (replaces -Filter, -State, -CreatedAfter and -CreatedBefore)",
            hint.ToString()
        );
    }

    [Fact]
    public void Keeps_states_that_are_only_checked_locally()
    {
        var hint = new ResumeHint { Filter = "a", KeepsState = true };

        Assert.Equal("-Filter 'a' (replaces -Filter, -CreatedAfter and -CreatedBefore)", hint.ToString());
    }

    [Theory]
    [InlineData("t\u001b]0;title\u0007\u202e", "'t\u241b]0;title\u2407\ufffd'")]
    [InlineData("it's $(here)", "'it''s $(here)'")]
    public void Quotes_the_token_for_PowerShell_and_makes_control_characters_visible(string token, string quoted)
    {
        Assert.Equal($"-PageToken {quoted}", new ResumeHint { PageToken = token }.ToString());
    }

    [Fact]
    public void Without_a_token_the_filter_shows_where_to_continue_and_which_jobs_are_repeated()
    {
        var hint = new ResumeHint
        {
            PageSize = 50,
            Filter = "a",
            RepeatsJobs = true,
        };

        Assert.Equal(
            "-PageSize 50 -Filter 'a' (replaces -Filter, -State, -CreatedAfter and -CreatedBefore; jobs created in the same second are returned again)",
            hint.ToString()
        );
    }

    [Fact]
    public void A_filter_that_replaces_a_script_block_needs_Where_Object_and_no_First()
    {
        var hint = new ResumeHint
        {
            PageToken = "t",
            PageSize = 50,
            First = 7,
            HasScriptBlock = true,
        };

        Assert.Equal("-PageToken 't' -PageSize 50 -First 7", hint.ToString());
        Assert.Equal(
            "-PageToken 't' -PageSize 50 -Filter 'a' (replaces -Filter, -State, -CreatedAfter and -CreatedBefore)"
                + ", and pipe the result to Where-Object with the same script block",
            (hint with { Filter = "a" }).ToString()
        );
    }

    [Fact]
    public void Shows_the_read_mask_that_the_token_was_issued_for()
    {
        var hint = new ResumeHint
        {
            PageToken = "t",
            PageSize = 50,
            First = 7,
            ReadMask = "state,name",
        };

        Assert.Equal("-PageToken 't' -PageSize 50 -ReadMask 'state,name' -First 7", hint.ToString());
    }
}
