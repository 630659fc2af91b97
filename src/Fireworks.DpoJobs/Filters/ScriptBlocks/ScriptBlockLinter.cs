using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>
/// Slips of the pen that PowerShell takes without a word, and then finds nothing, or other jobs: a report of failed jobs that is
/// empty for one looks like good news.
/// </summary>
internal static class ScriptBlockLinter
{
    private const int LongestShown = 60;

    /// <summary>Properties that a job does not have.</summary>
    /// <param name="expression">The expression that a block consists of.</param>
    public static IEnumerable<string> OfNames(ExpressionAst expression) =>
        // In a statement within the expression, $_ may be another object.
        expression.Find(ast => ast is StatementAst and not (PipelineAst or CommandBaseAst), false)
            is null
            ? expression
                .FindAll(ast => ast is MemberExpressionAst, searchNestedScriptBlocks: false)
                .Select(ast => JobProperty.Names((ExpressionAst)ast))
                .OfType<IReadOnlyList<string>>()
                .Select(JobProperty.FindMissing)
                .OfType<string>()
                .Select(OfName)
            : [];

    /// <summary>A comparison of one value with a list.</summary>
    /// <param name="property">The path of the property.</param>
    public static IEnumerable<string> OfList(string property) =>
        EnumOf(property) is null
            ? []
            :
            [
                $"The filter compares {property} with a list, which PowerShell takes for one value: -in asks for any of them.",
            ];

    /// <summary>Texts that no value of an enum is equal to.</summary>
    /// <param name="comparison">The comparison.</param>
    public static IEnumerable<string> OfValues(Comparison comparison)
    {
        if (
            comparison.Operator is not (FilterComparator.Equal or FilterComparator.NotEqual)
            || EnumOf(comparison.Property) is not { } set
        )
        {
            return [];
        }
        var values = Enum.GetValues(set).Cast<object>().ToArray();
        return comparison
            .Values.OfType<string>()
            .Where(text =>
            {
                var one = comparison with { Values = [text], Operator = FilterComparator.Equal, IsNegated = false };
                // With a comma, it is the sum of several values.
                return text.Contains(',') || !values.Any(one.Holds);
            })
            .Select(text =>
                $"The filter compares {comparison.Property} with '{Truncation.Truncate(text, LongestShown)}', which no {comparison.Property} is equal to"
                + (Meant(set, text) is { } meant ? $": {meant}." : $". The values are those of [{set.FullName}].")
            );
    }

    private static string OfName(string name) =>
        $"A job has no property {Truncation.Truncate(name, LongestShown)}, so it is $null to the filter: "
        + (
            JobFields.Find(name) is { } field
                ? $"here it is {field.PropertyPath}."
                : "Get-FwDpoJob -First 1 | Get-Member shows those it has."
        );

    private static string? Meant(Type set, string text) =>
        set == typeof(RpcCode) ? Name(RpcCodes.Parse(text.ToUpperInvariant()), RpcCode.Unrecognized)
        : JobStates.FindWireName(text) is not { } wireName ? null
        : Name(JobStates.Parse(wireName), JobState.Unrecognized)
            ?? "this version does not know it, and only StateText has it";

    private static string? Name<T>(T? value, T unrecognized)
        where T : struct => value is { } known && !known.Equals(unrecognized) ? $"here it is '{known}'" : null;

    private static Type? EnumOf(string property) =>
        JobProperty.TypeOf(property) is { } type && (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } set
            ? set
            : null;
}
