using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Pester;

/// <summary>Runs the Pester suite in a fresh PowerShell, on the staged module.</summary>
internal static class PesterRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The folder that holds the manifest.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The files of the suite.</summary>
    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot, "tests", "Pester", "Suite"), "*.Tests.ps1").Order();

    // These wait more than they work, so they run beside the others.
    private static readonly string[] Waiting = ["Faults", "LongRun", "Secrets", "Stop"];

    /// <summary>Runs the suite, in two processes side by side.</summary>
    /// <exception cref="InvalidOperationException">PowerShell ended without a report; the text is what it printed.</exception>
    public static async Task<PesterReport> RunAsync(string powerShell)
    {
        var groups = Files.ToLookup(file => Waiting.Contains(Path.GetFileName(file).Split('.')[0]));
        var reports = await Task.WhenAll(
            RunAsync(powerShell, "waiting", groups[true]),
            RunAsync(powerShell, "others", groups[false])
        );
        return new PesterReport(reports[0].SkipReason, [.. reports.SelectMany(report => report.Tests)]);
    }

    private static async Task<PesterReport> RunAsync(string powerShell, string group, IEnumerable<string> files)
    {
        var reportPath = Path.Combine(RepositoryRoot, "out", $"pester-report-{group}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(reportPath)!);
        File.Delete(reportPath);

        var start = new ProcessStartInfo(powerShell)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = RepositoryRoot,
        };
        string[] arguments =
        [
            "-NoProfile",
            "-NonInteractive",
            "-File",
            Path.Combine(RepositoryRoot, "tests", "Pester", "Invoke-Suite.ps1"),
            "-ReportPath",
            reportPath,
            "-EmulatorPath",
            Metadata("EmulatorPath"),
            "-Path",
            string.Join(',', files),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{powerShell} does not start.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (!File.Exists(reportPath))
        {
            throw new InvalidOperationException(
                $"The Pester suite ended with exit code {process.ExitCode} and without a report.\n{await output}\n{await errors}"
            );
        }
        await using var report = File.OpenRead(reportPath);
        return await JsonSerializer.DeserializeAsync<PesterReport>(report, Json)
            ?? throw new InvalidOperationException("The report of the Pester suite is empty.");
    }

    private static string Metadata(string key) =>
        typeof(PesterRun)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
