using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Programs;
using Xunit;

namespace Fireworks.DpoJobs.DesktopRun;

/// <summary>
/// Every test of the edition for Windows PowerShell 5.1 as a test of its own: on .NET Framework, which Windows has, and
/// elsewhere on Mono. Without Mono there is one skipped test, with the reason.
/// </summary>
public sealed class DesktopSuite
{
    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Runs_on_dotnet_Framework(ReportedTest test) => test.AssertPassed();

    public static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> Results() =>
        DesktopProgram.Find() is { } program
            ? (await program.RunAsync()).Select(test => test.ToRow())
            :
            [
                new ReportedTest(
                    "The edition for Windows PowerShell 5.1",
                    "Skipped",
                    "This is not Windows, and Mono (mono) is not on PATH."
                ).ToRow(),
            ];
}
