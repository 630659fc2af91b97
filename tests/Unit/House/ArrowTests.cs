using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Fireworks.DpoJobs.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>Arrows between the folders run one way, and PowerShell stays above the client.</summary>
public sealed class ArrowTests
{
    private const string Root = "Fireworks.DpoJobs.";
    private const string PowerShell = "System.Management.Automation";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Models"] = [],
        ["Query"] = ["Models"],
        ["Connection"] = ["Query", "Models"],
        ["Client"] = ["Connection", "Query", "Models"],
        ["Formatting"] = ["Models"],
        ["Errors"] = ["Client", "Connection", "Query", "Models"],
        ["Arguments"] = ["Connection", "Query", "Models"],
        ["Commands"] = ["Arguments", "Connection", "Query", "Client", "Errors", "Models"],
        ["Loading"] = [],
    };

    // Script blocks are read with PowerShell's own parser; the rest of Query is for programs that have none.
    private const string ScriptBlocks = "Query/ScriptBlocks";

    private static readonly string[] MayNamePowerShell = ["Commands", "Arguments", "Errors", ScriptBlocks];

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    public static TheoryData<string> Places => [.. Allowed.Keys, ScriptBlocks];

    [Fact]
    public void Every_source_file_stands_in_a_folder_of_the_house_and_in_its_namespace()
    {
        Assert.All(
            Repository.SourceFiles(),
            file =>
            {
                var folders = file.Path.Split('/')[..^1];
                Assert.Contains(folders.FirstOrDefault(""), Allowed.Keys);
                Assert.Contains($"namespace {Root}{string.Join('.', folders)};", file.Text, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_names_in_its_source_only_what_the_arrows_allow(string folder)
    {
        var named = Repository
            .SourceFiles(folder)
            .SelectMany(file => Regex.Matches(file.Text, @"Fireworks\.DpoJobs\.(\w+)"))
            .Select(match => match.Groups[1].Value)
            .Where(name => Allowed.ContainsKey(name) && name != folder)
            .Distinct();

        Assert.Empty(named.Except(Allowed[folder]));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_in_its_code_only_what_the_arrows_allow(string folder)
    {
        var used = TypesOf(folder)
            .SelectMany(type => TypeUse.Of(type).Select(other => (type, other)))
            .Where(pair => pair.other.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
            .Where(pair => FolderOf(pair.other) != folder && !Allowed[folder].Contains(FolderOf(pair.other)))
            .Select(pair => $"{pair.type} uses {pair.other}");

        Assert.Empty(used);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Only_commands_arguments_errors_and_script_blocks_name_PowerShell(string place)
    {
        var inSource = Repository
            .SourceFiles(place)
            .Where(file => PlaceOf(file.Path) == place)
            .Where(file => file.Text.Contains(PowerShell, StringComparison.Ordinal));
        var inCode = TypesOf(place.Split('/')[0])
            .Where(type => PlaceOf(type) == place)
            .SelectMany(type => TypeUse.Of(type).Select(other => (type, other)))
            .Where(pair => pair.other.Assembly.GetName().Name == PowerShell);

        if (MayNamePowerShell.Contains(place))
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

    [Theory]
    [MemberData(nameof(Folders))]
    public void Only_commands_use_the_script_blocks(string folder)
    {
        var used = TypesOf(folder)
            .Where(type => PlaceOf(type) != ScriptBlocks)
            .SelectMany(type => TypeUse.Of(type).Select(other => (type, other)))
            .Where(pair => pair.other.Namespace == Root + "Query.ScriptBlocks")
            .Select(pair => $"{pair.type} uses {pair.other}");

        if (folder == "Commands")
        {
            Assert.NotEmpty(used);
        }
        else
        {
            Assert.Empty(used);
        }
    }

    [Fact]
    public void The_look_into_method_bodies_sees_what_only_a_body_names()
    {
        // So that the tests above cannot pass because they see nothing.
        var used = TypeUse.Of(typeof(ArrowTests)).ToList();

        Assert.Contains(typeof(Regex), used);
        Assert.Contains(typeof(Dictionary<string, string[]>), used);
        Assert.Contains(typeof(FactAttribute), used);
        Assert.DoesNotContain(used, type => type.Name == "DpoJobPage");
    }

    private static IEnumerable<Type> TypesOf(string folder) =>
        typeof(DpoJob)
            .Assembly.GetTypes()
            .Where(type =>
                type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true && FolderOf(type) == folder
            );

    private static string FolderOf(Type type) => type.Namespace![Root.Length..].Split('.')[0];

    private static string PlaceOf(Type type) => PlaceOf(type.Namespace![Root.Length..].Replace('.', '/') + "/");

    private static string PlaceOf(string path) =>
        path.StartsWith(ScriptBlocks + "/", StringComparison.Ordinal) ? ScriptBlocks : path.Split('/')[0];
}
