using Xunit;

namespace Fireworks.DpoJobs.Programs;

/// <summary>One test that another program ran and reported.</summary>
/// <param name="Name">The name, as that program tells it.</param>
/// <param name="Result">Passed, Failed, Skipped …</param>
/// <param name="Message">Why it failed or was skipped. Null when it passed.</param>
public sealed record ReportedTest(string Name, string Result, string? Message)
{
    /// <summary>The test as one of this run; skipped when the other program skipped it.</summary>
    internal TheoryDataRow<ReportedTest> ToRow()
    {
        var reason = Result == "Skipped" ? Message ?? "Skipped, without a reason." : null;
        // Consoles show the label, not the reason.
        return new(this)
        {
            TestDisplayName = Name,
            Label = reason ?? "",
            Skip = reason,
        };
    }

    /// <summary>Fails when the other program did not see the test pass.</summary>
    internal void AssertPassed() => Assert.True(Result == "Passed", $"{Name}: {Result}\n{Message}");
}
