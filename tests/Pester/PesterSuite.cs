using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Programs;
using Xunit;

namespace Fireworks.DpoJobs.Pester;

/// <summary>Reports every test of the Pester suite as one test, with its own name.</summary>
public sealed class PesterSuite
{
    // Each takes more than a few seconds, or builds. The longest come first, so that none is left over at the end.
    private static readonly string[] SlowFiles =
    [
        "Faults",
        "LongRun",
        "Package",
        "Help",
        "Secrets",
        "ThrottleLimit",
        "Filters",
        "FilterProperty",
        "Readme",
        "Performance",
        "Module",
    ];

    [Theory]
    [MemberData(nameof(Fast), DisableDiscoveryEnumeration = true)]
    public void Passes(ReportedTest test) => test.AssertPassed();

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Slow), DisableDiscoveryEnumeration = true)]
    public void Passes_in_time(ReportedTest test) => test.AssertPassed();

    /// <summary>Runs the files that are not slow.</summary>
    public static Task<IEnumerable<TheoryDataRow<ReportedTest>>> Fast() =>
        RunAsync("fast", PesterRun.Files.Except(SlowFiles));

    /// <summary>Runs the slow files.</summary>
    public static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> Slow() =>
        PowerShellProgram.IsWindowsPowerShell
            ? [new ReportedTest("The slow files", "Skipped", "They need PowerShell 7.").ToRow()]
            : await RunAsync("slow", SlowFiles);

    private static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> RunAsync(
        string group,
        IEnumerable<string> files
    ) => (await PesterRun.RunAsync(group, [.. files])).Select(test => test.ToRow());
}
