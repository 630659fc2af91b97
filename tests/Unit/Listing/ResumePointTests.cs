using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>The parameters that take a listing up again, as they are told.</summary>
public sealed class ResumePointTests
{
    [Theory]
    [InlineData(null, null, "-PageToken 't'")]
    [InlineData(50, null, "-PageToken 't' -PageSize 50")]
    [InlineData(null, 7L, "-PageToken 't' -First 7")]
    [InlineData(200, 5_000_000_000L, "-PageToken 't' -PageSize 200 -First 5000000000")]
    public void Only_what_is_known_is_told(int? pageSize, long? remaining, string text)
    {
        Assert.Equal(text, new ResumePoint("t", pageSize, remaining).ToString());
    }

    [Fact]
    public void A_filter_is_told_as_it_was_sent_with_its_quotes_doubled()
    {
        var point = new ResumePoint("t", 50, 7)
        {
            Filter = "(display_name = 'it') AND create_time >= timestamp(\"2026-11-01T00:00:00Z\")",
        };

        Assert.Equal(
            "-PageToken 't' -PageSize 50 -First 7 -Filter '(display_name = ''it'') AND create_time >= timestamp(\"2026-11-01T00:00:00Z\")'"
                + " (which stands for -Filter, -State, -CreatedAfter and -CreatedBefore)",
            point.ToString()
        );
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("$(here) `n \"x\"", "'$(here) `n \"x\"'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("\u2018a\u2019 \u201ab\u201b", "'\u2018\u2018a\u2019\u2019 \u201a\u201ab\u201b\u201b'")]
    [InlineData("\u001b[31m\t", "'\u241b[31m\u2409'")]
    public void A_value_is_quoted_so_that_PowerShell_reads_it_as_it_is(string value, string quoted)
    {
        // To PowerShell, typographic single quotes are single quotes too.
        Assert.Equal(quoted, PowerShellQuoting.Quote(value));
    }

    [Fact]
    public void Without_a_token_a_filter_says_where_to_go_on_and_what_comes_again()
    {
        var point = new ResumePoint(null, 50, null) { Filter = "a", RepeatsJobs = true };

        Assert.Equal(
            "-PageSize 50 -Filter 'a' (which stands for -Filter, -State, -CreatedAfter and -CreatedBefore; jobs of the same moment come again)",
            point.ToString()
        );
    }

    [Fact]
    public void A_block_is_put_behind_a_filter_that_stands_for_it_and_counts_no_jobs_there()
    {
        var point = new ResumePoint("t", 50, 7) { IsFilteredAfterwards = true };

        Assert.Equal("-PageToken 't' -PageSize 50 -First 7", point.ToString());
        Assert.Equal(
            "-PageToken 't' -PageSize 50 -Filter 'a' (which stands for -Filter, -State, -CreatedAfter and -CreatedBefore)"
                + ", and | Where-Object with the same script block behind it",
            (point with { Filter = "a" }).ToString()
        );
    }

    [Fact]
    public void Fields_that_belong_to_the_token_are_told()
    {
        var point = new ResumePoint("t", 50, 7) { ReadMask = "state,name" };

        Assert.Equal("-PageToken 't' -PageSize 50 -ReadMask 'state,name' -First 7", point.ToString());
    }
}
