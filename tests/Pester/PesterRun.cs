using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Pester;

/// <summary>Runs files of the Pester suite against the staged module, in new PowerShell processes.</summary>
internal static class PesterRun
{
    // More would slow each other down on two cores.
    private const int Processes = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly string Root = Metadata("RepositoryRoot");

    private static readonly string Folder = Path.Combine(Root, "tests", "Pester");

    /// <summary>Lists the files that run in the selected PowerShell, without their extension.</summary>
    public static IEnumerable<string> Files =>
        PowerShellProgram.IsWindowsPowerShell
            ? ["Basics"]
            : Directory
                .EnumerateFiles(Path.Combine(Folder, "Suite"), "*.Tests.ps1")
                .Select(file => Path.GetFileName(file).Split('.')[0])
                .Order();

    /// <summary>Runs files in parallel processes.</summary>
    /// <param name="group">The name of the report folder.</param>
    /// <param name="files">The files, without their extension, in the order in which they start.</param>
    /// <returns>The tests of all files. A file without a report counts as one failed test.</returns>
    public static async Task<IEnumerable<TheoryDataRow<ReportedTest>>> RunAsync(string group, IEnumerable<string> files)
    {
        string[] names = [.. files];
        var reports = Directory.CreateDirectory(Path.Combine(Root, "out", "pester-reports", group));
        foreach (var report in reports.EnumerateFiles())
        {
            report.Delete();
        }
        var outputs = await Task.WhenAll(
            Enumerable.Range(0, Processes).Select(_ => RunProcessAsync(reports.FullName, names))
        );
        return
        [
            .. names
                .SelectMany(file => Read(Path.Combine(reports.FullName, $"{file}.json"), file, outputs))
                .Select(test => test.ToRow()),
        ];
    }

    private static async Task<string> RunProcessAsync(string reports, IEnumerable<string> files)
    {
        var start = PowerShellProgram.CreateStartInfo(
            "-NoProfile",
            "-NonInteractive",
            "-File",
            Path.Combine(Folder, "Invoke-Suite.ps1"),
            "-Name",
            string.Join(',', files),
            "-ReportFolder",
            reports
        );
        start.RedirectStandardError = start.RedirectStandardOutput = start.RedirectStandardInput = true;
        start.WorkingDirectory = Root;
        start.Environment["FIREWORKS_TEST_EMULATOR"] = Metadata("EmulatorPath");
        // Most processes of the suite run for seconds, in which profiling costs more than it gains.
        start.Environment["DOTNET_TieredPGO"] = "0";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return $"Exit code {process.ExitCode}\n{output}\n{await errors}";
    }

    private static ReportedTest[] Read(string report, string file, string[] outputs)
    {
        // A process that exits early leaves an empty report.
        var text = File.Exists(report) ? File.ReadAllText(report) : "";
        var tests = text.Length > 0 ? JsonSerializer.Deserialize<ReportedTest[]>(text, Json)! : [];
        return tests.Length > 0
            ? tests
            : [new ReportedTest(file, "Failed", $"No report was written.\n{string.Join('\n', outputs)}")];
    }

    /// <summary>Reads a value that the project file sets.</summary>
    public static string Metadata(string key) =>
        typeof(PesterRun)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
