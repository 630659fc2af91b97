using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Xunit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>What every cmdlet says about itself.</summary>
public sealed class CmdletTests
{
    // What is wrong in these only the service can tell.
    private static readonly Dictionary<string, string> TakenAsTyped = new()
    {
        ["OrderBy"] = "The service's fields grow without notice; an empty list is the service's own order.",
        ["PageToken"] =
            "Means something to the service alone; an empty one is the start, as the service itself writes it.",
        ["ReadMask"] = "The service's fields grow without notice; an empty list is every field.",
    };

    [Fact]
    public void They_are_sealed_public_and_named_after_their_verb_and_noun()
    {
        Assert.Contains(typeof(GetFwDpoJobCommand), CmdletMetadata.Shipped.Select(cmdlet => cmdlet.Type));
        Assert.All(
            CmdletMetadata.Shipped,
            cmdlet =>
            {
                Assert.True(cmdlet.Type is { IsSealed: true, IsPublic: true }, cmdlet.Name);
                Assert.True(cmdlet.Type.IsSubclassOf(typeof(FwCmdlet)), cmdlet.Name);
                Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
            }
        );
    }

    [Fact]
    public void Each_stands_in_a_file_of_its_own()
    {
        var files = Repository
            .SourceFiles()
            .Where(file => file.Text.Contains("[Cmdlet(", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(file.Text, @"\[Cmdlet\(").Select(_ => file.Path));

        Assert.Equal(
            CmdletMetadata.Shipped.Select(cmdlet => $"Commands/{cmdlet.Type.Name}.cs").Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Verbs_are_approved_and_nouns_are_singular_with_the_prefix_Fw()
    {
        var approved = typeof(PSCmdlet)
            .Assembly.GetTypes()
            .Where(type => type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields())
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        Assert.Contains("Get", approved);
        Assert.All(CmdletMetadata.Shipped, cmdlet => Assert.Contains(cmdlet.Verb, approved));
        Assert.All(CmdletMetadata.Shipped, cmdlet => Assert.Matches("^Fw[A-Z][A-Za-z]*[^s]$", cmdlet.Noun));
    }

    [Fact]
    public void Each_says_what_it_writes()
    {
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.OutputTypes));
    }

    [Fact]
    public void What_changes_the_service_can_be_tried_out_with_WhatIf()
    {
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.ShouldProcess));
    }

    [Fact]
    public void Whoever_has_a_WhatIf_asks_ShouldProcess()
    {
        var asking = Repository
            .SourceFiles("Commands")
            .Where(file => Regex.IsMatch(file.Text, @"\bShouldProcess\("))
            .Select(file => Path.GetFileNameWithoutExtension(file.Path));

        Assert.Equal(
            CmdletMetadata.Shipped.Where(cmdlet => cmdlet.SupportsShouldProcess).Select(cmdlet => cmdlet.Type.Name),
            asking
        );
    }

    [Fact]
    public void Parameter_sets_have_a_default_and_parameters_the_usual_forms()
    {
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.ParameterSets));
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.ParameterForms));
    }

    [Fact]
    public void Parameters_refuse_what_cannot_be_right_but_for_those_that_only_the_service_can_judge()
    {
        var unchecked_ = CmdletMetadata.Shipped.SelectMany(CmdletRules.UncheckedParameters).Distinct();

        Assert.Equal(TakenAsTyped.Keys.Order(), unchecked_.Order());
    }

    [Theory]
    [InlineData("New")]
    [InlineData("Remove")]
    [InlineData("Stop")]
    [InlineData("Resume")]
    [InlineData("Set")]
    public void The_rules_see_what_is_wrong(string verb)
    {
        // So that the tests above cannot pass because they see nothing.
        var cmdlet = Wrong(verb);

        Assert.Equal(verb, cmdlet.Verb);
        Assert.Single(CmdletRules.ShouldProcess(cmdlet));
        Assert.Single(CmdletRules.OutputTypes(cmdlet));
        Assert.Single(CmdletRules.ParameterSets(cmdlet));
        Assert.Equal(["Names", "ApiKey", "Force"], CmdletRules.UncheckedParameters(cmdlet));
        Assert.Equal(3, CmdletRules.ParameterForms(cmdlet).Count());
    }

    [Fact]
    public void The_rules_see_a_WhatIf_that_tries_nothing()
    {
        Assert.Single(CmdletRules.ShouldProcess(new CmdletMetadata(typeof(GetWithWhatIf))));
    }

    private static CmdletMetadata Wrong(string verb) =>
        new(
            verb switch
            {
                "New" => typeof(NewWrong),
                "Remove" => typeof(RemoveWrong),
                "Stop" => typeof(StopWrong),
                "Resume" => typeof(ResumeWrong),
                _ => typeof(SetWrong),
            }
        );

    private abstract class WrongCmdlet : PSCmdlet
    {
        [Parameter(ParameterSetName = "A")]
        public string[]? Names { get; set; }

        [Parameter(ParameterSetName = "B")]
        public string? ApiKey { get; set; }

        [Parameter]
        public bool Force { get; set; }
    }

    [Cmdlet("New", "FwThing")]
    private sealed class NewWrong : WrongCmdlet;

    [Cmdlet("Remove", "FwThing")]
    private sealed class RemoveWrong : WrongCmdlet;

    [Cmdlet("Stop", "FwThing")]
    private sealed class StopWrong : WrongCmdlet;

    [Cmdlet("Resume", "FwThing", DefaultParameterSetName = "C")]
    private sealed class ResumeWrong : WrongCmdlet;

    [Cmdlet("Set", "FwThing")]
    private sealed class SetWrong : WrongCmdlet;

    [Cmdlet("Get", "FwThing", SupportsShouldProcess = true)]
    private sealed class GetWithWhatIf : PSCmdlet;
}
