using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>The dependencies between the source folders are acyclic, and only a few folders use PowerShell's types.</summary>
/// <remarks>All types share one namespace, so a type belongs to the folder of the file that declares it.</remarks>
public sealed class DependencyTests
{
    private const string PowerShell = "System.Management.Automation";
    private const string ScriptBlocks = "Filters/ScriptBlocks";

    private static readonly string[] Foundation = ["Connection", "Errors", "Models", "Text"];

    // The folders that each folder may use.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Text"] = [],
        ["Models"] = ["Text"],
        ["Errors"] = ["Models", "Text"],
        ["Connection"] = ["Errors", "Models", "Text"],
        ["Client"] = [.. Foundation, "WindowsPowerShell"],
        ["Filters"] = [.. Foundation],
        ["Listing"] = [.. Foundation, "Client", "Filters"],
        ["Creation"] = [.. Foundation, "Client"],
        ["Lifecycle"] = [.. Foundation, "Client", "Listing"],
        ["Parameters"] = [.. Foundation, "Filters", "Metrics"],
        ["Commands"] =
        [
            .. Foundation,
            "Client",
            "Charts",
            "Creation",
            "Downloads",
            "Files",
            "Filters",
            "Formatting",
            "Lifecycle",
            "Listing",
            "Metrics",
            "Parameters",
            "Reports",
        ],
        ["Formatting"] = ["Models", "Text"],
        ["Downloads"] = [.. Foundation, "Client", "Lifecycle"],
        ["Metrics"] = ["Client", "Downloads", "Models", "Text"],
        ["Charts"] = ["Metrics", "Models", "Text"],
        ["Files"] = ["Errors", "Models", "Text"],
        ["Reports"] = ["Charts", "Formatting", "Metrics", "Models", "Text"],
        ["WindowsPowerShell"] = [],
    };

    private static readonly string[] MayUsePowerShell = ["Commands", "Parameters", "Errors", ScriptBlocks];

    private static readonly Dictionary<string, string> PathOfType = Repository
        .SourceFiles()
        .SelectMany(file =>
            Regex
                .Matches(
                    file.Text,
                    @"^(?:\w+ )*(?:class|struct|interface|enum|record|record struct) (\w+)",
                    RegexOptions.Multiline
                )
                .Select(match => (Name: match.Groups[1].Value, file.Path))
        )
        .GroupBy(pair => pair.Name)
        .ToDictionary(group => group.Key, group => group.First().Path);

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    public static TheoryData<string> Places => [.. Allowed.Keys, ScriptBlocks];

    [Fact]
    public void Every_source_file_is_in_a_known_folder_and_in_the_namespace_of_the_module()
    {
        Assert.All(
            Repository.SourceFiles(),
            file =>
            {
                Assert.Contains(file.Path.Split('/')[0], Allowed.Keys);
                Assert.Contains("namespace Fireworks.DpoJobs;", file.Text.Split('\n'));
            }
        );
    }

    [Fact]
    public void Every_type_is_declared_in_a_source_file() =>
        Assert.All(Types, type => Assert.Contains(SimpleName(Outermost(type)), PathOfType.Keys));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_the_folders_it_may_depend_on(string folder)
    {
        var used = TypesIn(folder)
            .SelectMany(type => TypeUse.Of(type).Select(other => (type, other)))
            .Where(pair => IsOwn(pair.other))
            .Where(pair => FolderOf(pair.other) != folder && !Allowed[folder].Contains(FolderOf(pair.other)))
            .Select(pair => $"{pair.type} uses {pair.other} ({FolderOf(pair.other)})");

        Assert.Empty(used);
    }

    [Fact]
    public void The_layout_in_CONTRIBUTING_lists_each_folder_above_those_it_uses()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, ".github", "CONTRIBUTING.md"));
        var listed = Regex
            .Matches(page, @"^\| `(\w+)` \|", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.Empty(Allowed.Keys.Except(listed));
        Assert.Empty(
            from folder in Allowed
            from used in folder.Value
            where listed.IndexOf(used) < listed.IndexOf(folder.Key)
            select $"{used} is above {folder.Key}, which uses it"
        );
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Only_the_allowed_folders_use_PowerShell_types(string place)
    {
        var inSource = Repository
            .SourceFiles(place)
            .Where(file => PlaceOf(file.Path) == place)
            .Where(file => file.Text.Contains(PowerShell, StringComparison.Ordinal));
        var inCode = TypesIn(place.Split('/')[0])
            .Where(type => PlaceOf(PathOf(type)) == place)
            .SelectMany(type => TypeUse.Of(type).Select(other => (type, other)))
            .Where(pair => pair.other.Assembly.GetName().Name == PowerShell);

        if (MayUsePowerShell.Contains(place))
        {
            Assert.NotEmpty(inSource);
            Assert.NotEmpty(inCode);
        }
        else
        {
            Assert.Empty(inSource.Select(file => file.Path));
            Assert.Empty(inCode.Select(pair => $"{pair.type} uses {pair.other}"));
        }
    }

    [Fact]
    public void The_dependency_check_finds_types_that_are_used_only_in_a_method_body()
    {
        // Otherwise the tests above could pass without checking anything.
        var used = TypeUse.Of(typeof(DependencyTests)).ToList();

        Assert.Contains(typeof(Regex), used);
        Assert.Contains(typeof(Dictionary<string, string[]>), used);
        Assert.Contains(typeof(FactAttribute), used);
        Assert.DoesNotContain(used, type => type.Name == "DpoJobPage");
    }

    private static IEnumerable<Type> Types => typeof(DpoJob).Assembly.GetTypes().Where(IsOwn);

    private static IEnumerable<Type> TypesIn(string folder) => Types.Where(type => FolderOf(type) == folder);

    private static bool IsOwn(Type type) =>
        type.Assembly == typeof(DpoJob).Assembly && Outermost(type).Namespace == typeof(DpoJob).Namespace;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string SimpleName(Type type) => type.Name.Split('`')[0];

    private static string PathOf(Type type) => PathOfType[SimpleName(Outermost(type))];

    private static string FolderOf(Type type) => PathOf(type).Split('/')[0];

    private static string PlaceOf(string path) =>
        path.StartsWith(ScriptBlocks + "/", StringComparison.Ordinal) ? ScriptBlocks : path.Split('/')[0];
}
