using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Programs;
using Xunit;

namespace Fireworks.DpoJobs.Pester;

/// <summary>
/// Every test of the Pester suite as a test of its own. Where PowerShell 7 or Pester 5 is missing, each file of the suite is
/// reported as skipped, with the reason: never as passed.
/// </summary>
public sealed class PesterSuite
{
    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Runs_in_a_real_PowerShell(ReportedTest test) => test.AssertPassed();

    public static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> Results()
    {
        if (ProgramPath.Find("pwsh") is not { } powerShell)
        {
            return Skipped("PowerShell 7 (pwsh) is not on PATH.");
        }
        var report = await PesterRun.RunAsync(powerShell);
        return report.SkipReason is { } reason ? Skipped(reason) : report.Tests.Select(test => test.ToRow());
    }

    private static IEnumerable<TheoryDataRow<ReportedTest>> Skipped(string reason) =>
        PesterRun.Files.Select(file => new ReportedTest(Path.GetFileName(file), "Skipped", reason).ToRow());
}
