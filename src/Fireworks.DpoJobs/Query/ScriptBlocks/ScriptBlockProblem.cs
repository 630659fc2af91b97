using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs.Query.ScriptBlocks;

/// <summary>
/// Names in a script block that a job does not have. PowerShell takes them without a word, and finds nothing: a report of
/// failed jobs that is empty for a slip of the pen looks like good news.
/// </summary>
internal static class ScriptBlockProblem
{
    /// <summary>What is wrong with a block, in words.</summary>
    public static IEnumerable<string> In(ScriptBlockAst block) =>
        // In these, as in a block within the block, $_ may be something else.
        block.Find(ast => ast is SwitchStatementAst or TryStatementAst or TrapStatementAst, false)
            is null
            ? block.FindAll(_ => true, searchNestedScriptBlocks: false).SelectMany(InPart).Distinct()
            : [];

    private static IEnumerable<string> InPart(Ast ast) =>
        ast switch
        {
            MemberExpressionAst member when JobProperty.Path(member) is { } path => InProperty(path),
            BinaryExpressionAst binary
                when ComparisonOperator.Find(binary.Operator)
                    is { Comparator: Filters.FilterComparator.Equal or Filters.FilterComparator.NotEqual } =>
                InComparison(binary.Left, binary.Right).Concat(InComparison(binary.Right, binary.Left)),
            _ => [],
        };

    private static IEnumerable<string> InProperty(string path)
    {
        JobProperty.TypeOf(path, out var missing);
        return missing is null
            ? []
            :
            [
                $"A job has no property {missing}: the filter finds nothing in it. "
                    + "Get-FwDpoJob -First 1 | Get-Member shows those it has.",
            ];
    }

    private static IEnumerable<string> InComparison(ExpressionAst subject, ExpressionAst other)
    {
        if (
            JobProperty.Path(subject) is not { } path
            || JobProperty.TypeOf(path, out _) is not { } type
            || (Nullable.GetUnderlyingType(type) ?? type) is not { IsEnum: true } set
        )
        {
            yield break;
        }
        foreach (var text in Texts(other).Where(text => !IsOneOf(set, text)))
        {
            yield return Enum.GetNames(set).FirstOrDefault(name => IsWireName(text, name)) is { } meant
                ? $"The filter compares {path} with '{text}', which no {path} is equal to here: it is '{meant}'."
                : $"The filter compares {path} with '{text}', which no {path} is equal to. "
                    + $"[Enum]::GetNames([{set.FullName}]) shows what there is.";
        }
    }

    private static IEnumerable<string> Texts(ExpressionAst expression) =>
        expression switch
        {
            StringConstantExpressionAst text => [text.Value],
            ArrayLiteralAst list => list.Elements.SelectMany(Texts),
            _ => [],
        };

    private static bool IsOneOf(Type set, string text) =>
        LanguagePrimitives.TryConvertTo(text, set, CultureInfo.InvariantCulture, out _);

    // JOB_STATE_RE_QUEUEING for ReQueueing, RESOURCE_EXHAUSTED for ResourceExhausted.
    private static bool IsWireName(string text, string name) =>
        text.Replace("_", "") is var letters
        && letters.EndsWith(name, StringComparison.OrdinalIgnoreCase)
        && (letters.Length == name.Length || letters.StartsWith("JobState", StringComparison.OrdinalIgnoreCase));
}
