using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Pester;

/// <summary>Reports each Pester test as a test of its own.</summary>
public sealed class PesterSuite
{
    // Files that take more than a few seconds or run a build. The longest start first to keep all processes busy.
    private static readonly string[] SlowFiles =
    [
        "Dialects",
        "Package",
        "Faults",
        "Soak",
        "Help",
        "Secrets",
        "ThrottleLimit",
        "Filters",
        "Changes",
        "Deserialized",
        "FilterProperty",
        "Readme",
        "Performance",
        "Module",
    ];

    [Theory]
    [MemberData(nameof(Fast), DisableDiscoveryEnumeration = true)]
    public void Fast_test_passes(ReportedTest test) => test.AssertPassed();

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Slow), DisableDiscoveryEnumeration = true)]
    public void Slow_test_passes(ReportedTest test) => test.AssertPassed();

    /// <summary>Runs the fast files.</summary>
    public static Task<IEnumerable<TheoryDataRow<ReportedTest>>> Fast() =>
        RunAsync("fast", PesterRun.Files.Except(SlowFiles));

    /// <summary>Runs the slow files.</summary>
    public static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> Slow() =>
        PowerShellProgram.IsWindowsPowerShell
            ? [new ReportedTest("Slow files", "Skipped", "The slow files need PowerShell 7.").ToRow()]
            : await RunAsync("slow", SlowFiles);

    private static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> RunAsync(
        string group,
        IEnumerable<string> files
    ) => (await PesterRun.RunAsync(group, [.. files])).Select(test => test.ToRow());
}
