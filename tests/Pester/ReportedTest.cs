using Xunit;

namespace Fireworks.DpoJobs.Pester;

/// <summary>The result of one Pester test.</summary>
/// <param name="Name">The file, the blocks and the test.</param>
/// <param name="Result">Passed, Failed, Skipped, or another result of Pester.</param>
/// <param name="Message">The failure, or the reason for skipping. Empty or null when the test passed.</param>
public sealed record ReportedTest(string Name, string Result, string? Message)
{
    /// <summary>Converts the result to a row of a theory; the row is skipped when Pester skipped the test.</summary>
    internal TheoryDataRow<ReportedTest> ToRow()
    {
        var reason = Result == "Skipped" ? Message ?? "Skipped without a reason." : null;
        // Consoles show the label, not the reason.
        return new(this)
        {
            TestDisplayName = Name,
            Label = reason ?? "",
            Skip = reason,
        };
    }

    /// <summary>Fails unless the test passed.</summary>
    internal void AssertPassed() => Assert.True(Result == "Passed", $"{Name}: {Result}\n{Message}");
}
