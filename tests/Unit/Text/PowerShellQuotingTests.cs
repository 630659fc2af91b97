using Xunit;

namespace Fireworks.DpoJobs.Unit.Text;

/// <summary>Values in text that users copy commands from.</summary>
public sealed class PowerShellQuotingTests
{
    [Theory]
    [InlineData("", "''")]
    [InlineData("$(here) `n \"x\"", "'$(here) `n \"x\"'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("\u2018a\u2019 \u201ab\u201b", "'\u2018\u2018a\u2019\u2019 \u201a\u201ab\u201b\u201b'")]
    [InlineData("\u001b[31m\t", "'\u241b[31m\u2409'")]
    public void Quotes_a_value_so_that_PowerShell_reads_it_unchanged(string value, string quoted)
    {
        // To PowerShell, typographic single quotes are single quotes too.
        Assert.Equal(quoted, PowerShellQuoting.Quote(value));
    }
}
