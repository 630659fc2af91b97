using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using System.Xml.Linq;
using Fireworks.DpoJobs.Programs;

namespace Fireworks.DpoJobs.DesktopRun;

/// <summary>The tests of the edition for Windows PowerShell 5.1: a program for .NET Framework.</summary>
/// <param name="command">What runs it: itself, or Mono.</param>
/// <param name="arguments">What the command is given first.</param>
internal sealed class DesktopProgram(string command, params string[] arguments)
{
    private static readonly string TestsPath = typeof(DesktopProgram)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "TestsPath")
        .Value!;

    /// <summary>The program, where something runs it. Null where nothing does.</summary>
    public static DesktopProgram? Find() =>
        OperatingSystem.IsWindows() ? new DesktopProgram(TestsPath)
        : ProgramPath.Find("mono") is { } mono ? new DesktopProgram(mono, TestsPath)
        : null;

    /// <summary>Runs all of its tests.</summary>
    /// <exception cref="InvalidOperationException">It ended without a report; the text is what it printed.</exception>
    public async Task<IReadOnlyList<ReportedTest>> RunAsync()
    {
        var report = Path.ChangeExtension(TestsPath, ".report.xml");
        File.Delete(report);
        var start = new ProcessStartInfo(command)
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments.Concat(["-noLogo", "-noColor", "-xml", report]))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} does not start.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (!File.Exists(report))
        {
            throw new InvalidOperationException(
                $"The tests ended with exit code {process.ExitCode} and without a report.\n{await output}\n{await errors}"
            );
        }
        return [.. XDocument.Load(report).Descendants("test").Select(Read)];
    }

    private static ReportedTest Read(XElement test) =>
        new(
            test.Attribute("name")!.Value,
            test.Attribute("result")!.Value switch
            {
                "Pass" => "Passed",
                "Fail" => "Failed",
                "Skip" => "Skipped",
                var other => other,
            },
            Message(test)
        );

    private static string? Message(XElement test) =>
        test.Element("failure") is { } failure
            ? $"{failure.Element("message")?.Value}\n{failure.Element("stack-trace")?.Value}"
            : test.Element("reason")?.Value;
}
