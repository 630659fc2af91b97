using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Pester;

/// <summary>Reports each Pester test of the fast files as a test of its own.</summary>
[Collection("Pester")]
public sealed class PesterSuite
{
    [Theory]
    [MemberData(nameof(Tests), DisableDiscoveryEnumeration = true)]
    public void Passes(ReportedTest test) => test.AssertPassed();

    /// <summary>Runs the files.</summary>
    public static Task<IEnumerable<TheoryDataRow<ReportedTest>>> Tests() =>
        PesterRun.RunAsync("fast", PesterRun.Files.Except(SlowPesterSuite.Files));
}

/// <summary>Reports each Pester test of the slow files as a test of its own, after the fast files.</summary>
[Collection("Pester")]
[Trait("Category", "Slow")]
public sealed class SlowPesterSuite
{
    /// <summary>
    /// The files that take more than a few seconds or run a build. The longest start first to keep all processes busy.
    /// </summary>
    internal static readonly string[] Files =
    [
        "Dialects",
        "Package",
        "Faults",
        "LiveCheck",
        "Soak",
        "Memory",
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
    [MemberData(nameof(Tests), DisableDiscoveryEnumeration = true)]
    public void Passes(ReportedTest test) => test.AssertPassed();

    /// <summary>Runs the files.</summary>
    public static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> Tests() =>
        PowerShellProgram.IsWindowsPowerShell
            ? [new ReportedTest("Slow files", "Skipped", "The slow files need PowerShell 7.").ToRow()]
            : await PesterRun.RunAsync("slow", Files);
}
