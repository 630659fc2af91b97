using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>
/// Finds mistakes that PowerShell accepts silently and that make a filter match the wrong jobs, or none: an empty report of
/// failed jobs looks like good news.
/// </summary>
internal static class ScriptBlockLinter
{
    private const int MaxShownLength = 60;

    /// <summary>Warns about properties that jobs do not have in the expression that a block consists of.</summary>
    public static IEnumerable<string> CheckProperties(ExpressionAst expression) =>
        // Statements inside the expression may give $_ another meaning.
        expression.Find(ast => ast is StatementAst and not (PipelineAst or CommandBaseAst), false)
            is null
            ? expression
                .FindAll(ast => ast is MemberExpressionAst, searchNestedScriptBlocks: false)
                .Select(ast => JobProperty.FindNames((ExpressionAst)ast))
                .OfType<IReadOnlyList<string>>()
                .Select(JobProperty.FindMissing)
                .OfType<string>()
                .Select(DescribeMissing)
            : [];

    /// <summary>Warns about a comparison of an enum property with a list.</summary>
    public static IEnumerable<string> CheckList(string property) =>
        FindEnum(property) is null
            ? []
            :
            [
                $"The filter compares {property} with a list as if it were one value. To match any of its items, use -in.",
            ];

    /// <summary>Warns about strings that no value of an enum equals.</summary>
    public static IEnumerable<string> CheckValues(Comparison comparison)
    {
        if (
            comparison.Operator is not (FilterComparator.Equal or FilterComparator.NotEqual)
            || FindEnum(comparison.Property) is not { } type
        )
        {
            return [];
        }
        var values = Enum.GetValues(type).Cast<object>().ToArray();
        return comparison
            .Values.OfType<string>()
            .Where(text =>
            {
                var equality = comparison with
                {
                    Values = [text],
                    Operator = FilterComparator.Equal,
                    IsNegated = false,
                };
                // PowerShell reads a list with commas as the sum of the values.
                return text.Contains(',') || !values.Any(equality.Matches);
            })
            .Select(text =>
                $"The filter compares {comparison.Property} with '{Truncate(text)}', which equals no {comparison.Property}. "
                + Suggest(type, text)
            );
    }

    private static string DescribeMissing(string name) =>
        $"Jobs have no property {Truncate(name)}, so it is always $null in the filter. "
        + (
            JobFields.Find(name) is { } field
                ? $"Use {field.PropertyPath}."
                : "To list the properties, run: Get-FwDpoJob -First 1 | Get-Member."
        );

    private static string Suggest(Type type, string text)
    {
        if (type == typeof(RpcCode))
        {
            return RpcCodes.Parse(text.ToUpperInvariant()) is { } code and not RpcCode.Unrecognized
                ? $"Use '{code}'."
                : ListValues(type);
        }
        return JobStates.FindWireName(text) is not { } wireName ? ListValues(type)
            : JobStates.Parse(wireName) is { } state and not JobState.Unrecognized ? $"Use '{state}'."
            : "This version of the module does not know that state, so compare StateText instead.";
    }

    private static string ListValues(Type type) => $"To list the values, run: [Enum]::GetNames([{type.FullName}]).";

    private static Type? FindEnum(string property) =>
        JobProperty.TypeOf(property) is { } type && (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } found
            ? found
            : null;

    private static string Truncate(string text) => Truncation.Truncate(text, MaxShownLength);
}
