using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>The conventions for cmdlets. Each rule returns the violations it finds.</summary>
internal static class CmdletRules
{
    // Read from the service, or change only the session and its settings.
    private static readonly string[] ReadOnlyVerbs =
    [
        "Compare",
        "Connect",
        "ConvertFrom",
        "ConvertTo",
        "Disconnect",
        "Find",
        "Get",
        "Measure",
        "Resolve",
        "Search",
        "Select",
        "Show",
        "Test",
        "Wait",
        "Watch",
    ];

    // Write files. They support -WhatIf, but need no confirmation: without -Force, they overwrite nothing.
    private static readonly string[] FileVerbs = ["Export", "Save"];

    // Can't be undone, so PowerShell prompts by default.
    private static readonly string[] DestructiveVerbs = ["Clear", "Remove"];

    private static readonly string[] SecretWords = ["ApiKey", "Password", "Secret", "Credential"];

    /// <summary>A cmdlet declares its output types: pipelines, completion and help depend on them.</summary>
    public static IEnumerable<string> OutputTypes(CmdletMetadata cmdlet) =>
        cmdlet.OutputTypes.Any() ? [] : [$"{cmdlet} does not declare its output types."];

    /// <summary>
    /// A cmdlet that changes something supports -WhatIf and -Confirm; a read-only cmdlet does not. The confirm impact is High if
    /// the change can't be undone, Medium if it concerns the service, and at most Medium if it only writes files.
    /// </summary>
    public static IEnumerable<string> ShouldProcess(CmdletMetadata cmdlet)
    {
        if (ReadOnlyVerbs.Contains(cmdlet.Verb))
        {
            return cmdlet.SupportsShouldProcess || cmdlet.HasConfirmImpact
                ? [$"{cmdlet} is read-only and must not support -WhatIf and -Confirm."]
                : [];
        }
        if (!cmdlet.SupportsShouldProcess)
        {
            return [$"{cmdlet} changes something without -WhatIf and -Confirm."];
        }
        ConfirmImpact[] allowed =
            DestructiveVerbs.Contains(cmdlet.Verb) ? [ConfirmImpact.High]
            : FileVerbs.Contains(cmdlet.Verb) ? [ConfirmImpact.Low, ConfirmImpact.Medium]
            : [ConfirmImpact.Medium];
        return allowed.Contains(cmdlet.ConfirmImpact)
            ? []
            : [$"{cmdlet} has the confirm impact {cmdlet.ConfirmImpact} instead of {string.Join(" or ", allowed)}."];
    }

    /// <summary>A cmdlet that prompts by default has -Force, so that scripts can run unattended.</summary>
    public static IEnumerable<string> Force(CmdletMetadata cmdlet) =>
        DestructiveVerbs.Contains(cmdlet.Verb) && cmdlet.Parameters.All(property => property.Name != "Force")
            ? [$"{cmdlet} prompts by default and has no -Force."]
            : [];

    /// <summary>A cmdlet with several parameter sets has a default set, and that set has parameters.</summary>
    public static IEnumerable<string> ParameterSets(CmdletMetadata cmdlet)
    {
        var sets = cmdlet.ParameterSets.ToList();
        return sets.Count > 1 && !sets.Contains(cmdlet.DefaultParameterSet ?? "")
            ? [$"{cmdlet} has the unknown default parameter set '{cmdlet.DefaultParameterSet}'."]
            : [];
    }

    /// <summary>
    /// Parameter names are singular, except for those of the API's fields; boolean parameters are switches, and secrets are
    /// SecureStrings.
    /// </summary>
    public static IEnumerable<string> ParameterForms(CmdletMetadata cmdlet) =>
        cmdlet.Parameters.SelectMany(property =>
        {
            var name = $"{cmdlet} -{property.Name}";
            var problems = new List<string>();
            if (!char.IsUpper(property.Name[0]) || (property.Name.EndsWith('s') && !IsField(property.Name)))
            {
                problems.Add($"{name} is not singular and in Pascal case.");
            }
            if (property.PropertyType == typeof(bool) || property.PropertyType == typeof(bool?))
            {
                problems.Add($"{name} is not a switch.");
            }
            if (
                SecretWords.Any(word => property.Name.Contains(word, StringComparison.Ordinal))
                && property.PropertyType != typeof(System.Security.SecureString)
            )
            {
                problems.Add($"{name} is not a SecureString.");
            }
            return problems;
        });

    /// <summary>
    /// The parameters that accept any value: without a validation or transformation attribute, and not of a type that rejects
    /// invalid values itself.
    /// </summary>
    public static IEnumerable<string> UncheckedParameters(CmdletMetadata cmdlet) =>
        cmdlet.Parameters.Where(property => !IsChecked(property)).Select(property => property.Name);

    private static bool IsField(string name) => JobFields.All.Any(field => field.PropertyPath.Split('.')[^1] == name);

    private static bool IsChecked(PropertyInfo property)
    {
        var type = property.PropertyType.GetElementType() ?? property.PropertyType;
        return type == typeof(SwitchParameter)
            || type.IsEnum
            || type.Assembly == typeof(DpoJob).Assembly
            || property
                .GetCustomAttributesData()
                .Any(data =>
                    data.AttributeType.IsSubclassOf(typeof(ValidateArgumentsAttribute))
                    || data.AttributeType.IsSubclassOf(typeof(ArgumentTransformationAttribute))
                );
    }
}
