using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>What a cmdlet of this module must say about itself. Each rule gives the problems that it sees.</summary>
internal static class CmdletRules
{
    // These leave the service as it is.
    private static readonly string[] ReadingVerbs =
    [
        "Compare",
        "ConvertFrom",
        "ConvertTo",
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

    // These change what the session remembers, which ends with it: PowerShell asks for -WhatIf where more than that changes.
    private static readonly string[] SessionVerbs = ["Connect", "Disconnect"];

    private static readonly string[] SecretWords = ["ApiKey", "Password", "Secret", "Credential"];

    /// <summary>A pipeline, a completion and a help page need to know what comes.</summary>
    public static IEnumerable<string> OutputTypes(CmdletMetadata cmdlet) =>
        cmdlet.OutputTypes.Any() ? [] : [$"{cmdlet} does not say what it writes."];

    /// <summary>What changes the service can be tried out with -WhatIf, and what does not has no such switch.</summary>
    public static IEnumerable<string> ShouldProcess(CmdletMetadata cmdlet)
    {
        var isNeeded = !ReadingVerbs.Contains(cmdlet.Verb) && !SessionVerbs.Contains(cmdlet.Verb);
        return (isNeeded, cmdlet.SupportsShouldProcess) switch
        {
            (true, false) => [$"{cmdlet} changes the service without -WhatIf and -Confirm."],
            (false, true) => [$"{cmdlet} has a -WhatIf with nothing to try out."],
            _ => [],
        };
    }

    /// <summary>A default parameter set is one that parameters name, and there is one where there are several.</summary>
    public static IEnumerable<string> ParameterSets(CmdletMetadata cmdlet)
    {
        var sets = cmdlet.ParameterSets.ToList();
        return sets.Count > 1 && !sets.Contains(cmdlet.DefaultParameterSet ?? "")
            ? [$"{cmdlet} has the default parameter set '{cmdlet.DefaultParameterSet}'."]
            : [];
    }

    /// <summary>Parameters are named in the singular, are switches where they are yes or no, and keep secrets out of histories.</summary>
    public static IEnumerable<string> ParameterForms(CmdletMetadata cmdlet) =>
        cmdlet.Parameters.SelectMany(property =>
        {
            var name = $"{cmdlet} -{property.Name}";
            var problems = new List<string>();
            if (!char.IsUpper(property.Name[0]) || property.Name.EndsWith('s'))
            {
                problems.Add($"{name} is not a singular in Pascal case.");
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
    /// The parameters that take whatever is typed: no Validate attribute, no transformation, and not of a type that refuses by
    /// itself what cannot be right.
    /// </summary>
    public static IEnumerable<string> UncheckedParameters(CmdletMetadata cmdlet) =>
        cmdlet.Parameters.Where(property => !IsChecked(property)).Select(property => property.Name);

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
