using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Demo;
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
    public void Runs_in_a_real_PowerShell(PesterResult test) =>
        Assert.True(test.Result == "Passed", $"{test.Name}: {test.Result}\n{test.Message}");

    public static async Task<IEnumerable<TheoryDataRow<PesterResult>>> Results()
    {
        if (PowerShellPath.Find() is not { } powerShell)
        {
            return Skipped("PowerShell 7 (pwsh) is not on PATH.");
        }
        var report = await PesterRun.RunAsync(powerShell);
        return report.SkipReason is { } reason ? Skipped(reason) : report.Tests.Select(Row);
    }

    private static TheoryDataRow<PesterResult> Row(PesterResult test) =>
        new(test)
        {
            TestDisplayName = test.Name,
            Skip = test.Result == "Skipped" ? test.Message ?? "Skipped by the suite, which gave no reason." : null,
        };

    private static IEnumerable<TheoryDataRow<PesterResult>> Skipped(string reason) =>
        PesterRun.Files.Select(file => Row(new PesterResult(Path.GetFileName(file), "Skipped", reason)));
}
