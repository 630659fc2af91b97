using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>The assembly and the manifest that ship.</summary>
public sealed class ShipmentTests
{
    private static readonly Assembly Shipped = typeof(DpoJob).Assembly;

    [Fact]
    public void The_manifest_exports_the_cmdlets_and_nothing_else()
    {
        var manifest = File.ReadAllText(Path.Combine(Repository.Root, "Fireworks.DpoJobs.psd1"));

        Assert.Equal(
            CmdletMetadata.Shipped.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal),
            List(manifest, "CmdletsToExport").Order(StringComparer.Ordinal)
        );
        Assert.Empty(List(manifest, "FunctionsToExport"));
        Assert.Empty(List(manifest, "AliasesToExport"));
        Assert.Empty(List(manifest, "VariablesToExport"));
    }

    [Fact]
    public void The_files_in_the_manifest_exist_and_its_version_matches_the_assembly()
    {
        var manifest = File.ReadAllText(Path.Combine(Repository.Root, "Fireworks.DpoJobs.psd1"));

        Assert.All(
            List(manifest, "FormatsToProcess"),
            file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file)
        );
        Assert.Equal(["format.ps1xml"], List(manifest, "FormatsToProcess"));
        Assert.All(
            List(manifest, "TypesToProcess"),
            file => Assert.True(File.Exists(Path.Combine(Repository.Source, file)), file)
        );
        var version = Regex.Match(manifest, @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value;
        Assert.Equal(Version.Parse(version).ToString(3), Shipped.GetName().Version!.ToString(3));
    }

    [Fact]
    public void The_assembly_for_PowerShell_7_references_only_the_framework_and_PowerShell()
    {
        var foreign = Shipped
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name =>
                !name.StartsWith("System.", StringComparison.Ordinal)
                && name is not ("System" or "netstandard" or "mscorlib")
            );
        var notInTheFramework = Shipped
            .GetReferencedAssemblies()
            .Where(name => name.Name != "System.Management.Automation")
            .Select(name => Assembly.Load(name).Location)
            .Where(path => Path.GetDirectoryName(path) != Path.GetDirectoryName(typeof(object).Assembly.Location));

        Assert.Empty(foreign);
        Assert.Empty(notInTheFramework);
    }

    [Fact]
    public void The_build_for_PowerShell_7_contains_no_other_dll()
    {
        var built = Directory.EnumerateFiles(
            Path.Combine(Repository.Source, "bin"),
            "Fireworks.DpoJobs.dll",
            SearchOption.AllDirectories
        );
        var folders = built
            .Select(file => Path.GetDirectoryName(file)!)
            .Where(folder => Path.GetFileName(folder) == "net8.0")
            .ToList();

        Assert.NotEmpty(folders);
        Assert.All(
            folders,
            folder =>
                Assert.Equal(["Fireworks.DpoJobs.dll"], Directory.GetFiles(folder, "*.dll").Select(Path.GetFileName))
        );
    }

    [Fact]
    public void No_build_contains_the_assembly_of_PowerShell()
    {
        var places = new[]
        {
            Path.Combine(Repository.Source, "bin"),
            Path.Combine(Repository.Root, "out", "Fireworks.DpoJobs"),
        };

        var found = places
            .Where(Directory.Exists)
            .SelectMany(place =>
                Directory.EnumerateFiles(place, "System.Management.Automation.dll", SearchOption.AllDirectories)
            );

        Assert.Empty(found);
    }

    private static string[] List(string manifest, string key)
    {
        var match = Regex.Match(manifest, $@"^\s*{key}\s*=\s*@\(([^)]*)\)", RegexOptions.Multiline);
        Assert.True(match.Success, $"{key} is not an explicit list.");
        return [.. Regex.Matches(match.Groups[1].Value, "'([^']*)'").Select(item => item.Groups[1].Value)];
    }
}
