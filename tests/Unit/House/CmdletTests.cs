using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Xunit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>Every cmdlet follows the conventions of <see cref="CmdletRules"/>.</summary>
public sealed class CmdletTests
{
    // Only the service can validate these.
    private static readonly Dictionary<string, string> Unvalidated = new()
    {
        ["OrderBy"] = "The service may add fields; an empty list means the service's default order.",
        ["PageToken"] =
            "Only the service knows its meaning; an empty token is the start, as in the service's responses.",
        ["ReadMask"] = "The service may add fields; an empty list means all fields.",
    };

    [Fact]
    public void Cmdlets_are_sealed_public_and_named_after_verb_and_noun()
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
    public void Each_cmdlet_has_its_own_file()
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
    public void Each_cmdlet_declares_its_output_types()
    {
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.OutputTypes));
    }

    [Fact]
    public void Cmdlets_that_change_something_support_WhatIf_with_a_suitable_confirm_impact()
    {
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.ShouldProcess));
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.Force));
    }

    [Fact]
    public void Cmdlets_that_support_WhatIf_call_ShouldProcess()
    {
        var calling = Repository
            .SourceFiles("Commands")
            .Where(file => Regex.IsMatch(file.Text, @"\bShouldProcess\("))
            .Select(file => Path.GetFileNameWithoutExtension(file.Path));

        Assert.Equal(
            CmdletMetadata
                .Shipped.Where(cmdlet => cmdlet.SupportsShouldProcess)
                .Select(cmdlet => cmdlet.Type.Name)
                .Order(StringComparer.Ordinal),
            calling.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Parameters_and_parameter_sets_follow_the_conventions()
    {
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.ParameterSets));
        Assert.Empty(CmdletMetadata.Shipped.SelectMany(CmdletRules.ParameterForms));
    }

    [Fact]
    public void Parameters_validate_their_values_unless_only_the_service_can()
    {
        var unchecked_ = CmdletMetadata.Shipped.SelectMany(CmdletRules.UncheckedParameters).Distinct();

        Assert.Equal(Unvalidated.Keys.Order(), unchecked_.Order());
    }

    // The following tests show that the rules find violations; otherwise the tests above could pass without checking anything.

    [Theory]
    [InlineData(typeof(NewWrong))]
    [InlineData(typeof(RemoveWrong))]
    [InlineData(typeof(StopWrong))]
    [InlineData(typeof(ResumeWrong))]
    [InlineData(typeof(SetWrong))]
    [InlineData(typeof(SaveWrong))]
    public void The_cmdlet_rules_find_violations(Type type)
    {
        var cmdlet = new CmdletMetadata(type);

        Assert.Single(CmdletRules.ShouldProcess(cmdlet));
        Assert.Single(CmdletRules.OutputTypes(cmdlet));
        Assert.Single(CmdletRules.ParameterSets(cmdlet));
        Assert.Equal(["Names", "ApiKey", "Force"], CmdletRules.UncheckedParameters(cmdlet));
        Assert.Equal(3, CmdletRules.ParameterForms(cmdlet).Count());
    }

    [Theory]
    [InlineData(typeof(GetWithWhatIf))]
    [InlineData(typeof(WaitWithConfirmImpact))]
    [InlineData(typeof(RemoveWithMediumImpact))]
    [InlineData(typeof(StopWithHighImpact))]
    [InlineData(typeof(NewWithLowImpact))]
    [InlineData(typeof(SaveWithHighImpact))]
    public void The_cmdlet_rules_find_an_unsuitable_confirm_impact(Type type)
    {
        Assert.Single(CmdletRules.ShouldProcess(new CmdletMetadata(type)));
    }

    [Fact]
    public void The_cmdlet_rules_find_a_destructive_cmdlet_without_Force()
    {
        Assert.Single(CmdletRules.Force(new CmdletMetadata(typeof(RemoveWithMediumImpact))));
    }

    [Theory]
    [InlineData(typeof(RemoveRight))]
    [InlineData(typeof(StopRight))]
    [InlineData(typeof(SaveRight))]
    public void The_cmdlet_rules_accept_a_suitable_confirm_impact(Type type)
    {
        Assert.Empty(CmdletRules.ShouldProcess(new CmdletMetadata(type)));
        Assert.Empty(CmdletRules.Force(new CmdletMetadata(type)));
    }

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

    [Cmdlet("Save", "FwThing")]
    private sealed class SaveWrong : WrongCmdlet;

    [Cmdlet("Get", "FwThing", SupportsShouldProcess = true)]
    private sealed class GetWithWhatIf : PSCmdlet;

    [Cmdlet("Wait", "FwThing", ConfirmImpact = ConfirmImpact.None)]
    private sealed class WaitWithConfirmImpact : PSCmdlet;

    [Cmdlet("Remove", "FwThing", SupportsShouldProcess = true)]
    private sealed class RemoveWithMediumImpact : PSCmdlet;

    [Cmdlet("Stop", "FwThing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
    private sealed class StopWithHighImpact : PSCmdlet;

    [Cmdlet("New", "FwThing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
    private sealed class NewWithLowImpact : PSCmdlet;

    [Cmdlet("Save", "FwThing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
    private sealed class SaveWithHighImpact : PSCmdlet;

    [Cmdlet("Remove", "FwThing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
    private sealed class RemoveRight : PSCmdlet
    {
        [Parameter]
        public SwitchParameter Force { get; set; }
    }

    [Cmdlet("Stop", "FwThing", SupportsShouldProcess = true)]
    private sealed class StopRight : PSCmdlet;

    [Cmdlet("Save", "FwThing", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
    private sealed class SaveRight : PSCmdlet;
}
