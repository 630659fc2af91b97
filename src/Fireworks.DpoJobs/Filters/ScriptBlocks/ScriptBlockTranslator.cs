using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Translates the largest part of a script block that the service evaluates like PowerShell, or that matches more jobs. In
/// doubt, a condition is local: the block runs on all results, so a filter that is too wide costs time, and one that is too
/// narrow would lose jobs.
/// </summary>
internal sealed class ScriptBlockTranslator(ScriptBlockAst block, ScriptBlockTranslator.Evaluator tryEvaluate)
{
    private const int MaxShownLength = 100;

    private readonly List<string> _warnings = [];

    /// <summary>Evaluates an expression that does not depend on the job, in the scope of the block.</summary>
    /// <returns>Whether the value is known.</returns>
    public delegate bool Evaluator(ExpressionAst expression, out object? value);

    /// <summary>Likely mistakes in the block. Complete after <see cref="Translate()"/>.</summary>
    public IEnumerable<string> Warnings => _warnings.Distinct(StringComparer.OrdinalIgnoreCase);

    public Translation Translate()
    {
        if (
            block is { ParamBlock: null, BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null }
            && block.EndBlock is { Unnamed: true, Traps: null or { Count: 0 }, Statements.Count: 1 } end
            && FindExpression(end.Statements[0]) is { } expression
        )
        {
            _warnings.AddRange(ScriptBlockLinter.CheckProperties(expression));
            return Translate(expression, isNegated: false);
        }
        return Local(block, isNegated: false, "only blocks of a single expression are translated");
    }

    private Translation Translate(ExpressionAst expression, bool isNegated) =>
        expression switch
        {
            ParenExpressionAst paren when FindExpression(paren.Pipeline) is { } inner => Translate(inner, isNegated),
            UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not => Translate(
                not.Child,
                !isNegated
            ),
            BinaryExpressionAst { Operator: TokenKind.And or TokenKind.Or } both => TranslateBoth(both, isNegated),
            _ => TranslateCondition(expression, isNegated) switch
            {
                { Filter: { } filter } => new Translation(filter, []),
                { Reason: var reason } => Local(expression, isNegated, reason),
            },
        };

    private ComparisonTranslation TranslateCondition(ExpressionAst expression, bool isNegated) =>
        expression is BinaryExpressionAst binary ? TranslateComparison(binary, isNegated)
        : JobProperty.FindPath(expression) is { } property ? TranslateProperty(property, isNegated)
        : ComparisonTranslation.Local("it has no equivalent on the service");

    private Translation TranslateBoth(BinaryExpressionAst both, bool isNegated)
    {
        Translation[] sides = [Translate(both.Left, isNegated), Translate(both.Right, isNegated)];
        var localConditions = sides.SelectMany(side => side.LocalConditions).ToArray();
        var filters = sides.Select(side => side.Filter).OfType<FilterNode>().ToArray();
        // By De Morgan's laws, a negation swaps AND and OR.
        if (both.Operator == TokenKind.And != isNegated)
        {
            return new Translation(FilterBuilder.All(filters), localConditions);
        }
        return filters.Length == sides.Length
            ? new Translation(FilterBuilder.Any(filters), localConditions)
            : Local(both, isNegated, sides.First(side => side.Filter is null).LocalConditions[0].Reason);
    }

    private static ComparisonTranslation TranslateProperty(string property, bool isNegated) =>
        JobFields.FindProperty(property)?.Type == typeof(bool?)
            ? ComparisonTranslator.Translate(
                new Comparison(
                    property,
                    FilterComparator.Equal,
                    [true],
                    IsValueFirst: false,
                    IgnoresCase: true,
                    isNegated
                )
            )
            : ComparisonTranslation.TestsForNull;

    private ComparisonTranslation TranslateComparison(BinaryExpressionAst binary, bool isNegated)
    {
        if (ComparisonOperator.Find(binary.Operator) is not { } found)
        {
            return ComparisonTranslation.Local($"{binary.ErrorPosition.Text} has no exact equivalent on the service");
        }
        var isValueFirst = JobProperty.FindPath(binary.Left) is null;
        var (subject, other) = isValueFirst ? (binary.Right, binary.Left) : (binary.Left, binary.Right);
        if (JobProperty.FindPath(subject) is not { } property)
        {
            return ComparisonTranslation.Local("it does not compare a property of $_");
        }
        if (!PureExpression.IsPure(other, block) || !tryEvaluate(other, out var value))
        {
            return ComparisonTranslation.Local("the value is unknown until the block runs");
        }
        value = Unwrap(value);
        var list = value as IList;
        if (found.IsListFirst is null && list is not null)
        {
            _warnings.AddRange(ScriptBlockLinter.CheckList(property));
            return ComparisonTranslation.Local("it compares with a list");
        }
        if (found.IsListFirst is { } isListFirst && isListFirst != isValueFirst)
        {
            return ComparisonTranslation.Local("it searches a property of the job for a value");
        }
        var comparison = new Comparison(
            property,
            found.Comparator,
            list is null ? [value] : [.. list.Cast<object?>().Select(Unwrap)],
            // PowerShell compares each item of a list with the property, the item on the left.
            isValueFirst || found.IsListFirst is not null,
            found.IgnoresCase,
            isNegated != found.IsNegated
        );
        _warnings.AddRange(ScriptBlockLinter.CheckValues(comparison));
        return ComparisonTranslator.Translate(comparison);
    }

    // A command without output returns AutomationNull, which comparisons treat as null.
    private static object? Unwrap(object? item) =>
        item == AutomationNull.Value ? null
        : item is PSObject wrapped ? wrapped.BaseObject
        : item;

    // Null unless the statement is a pipeline of a single expression.
    private static ExpressionAst? FindExpression(Ast statement) =>
        statement is PipelineAst { PipelineElements.Count: 1 } pipeline
        && pipeline.PipelineElements[0] is CommandExpressionAst { Redirections.Count: 0 } only
            ? only.Expression
            : null;

    private static Translation Local(Ast ast, bool isNegated, string reason)
    {
        var text = Regex.Replace(ast.Extent.Text, @"\s+", " ").Trim();
        text = Truncation.Truncate(isNegated ? $"-not ({text})" : text, MaxShownLength);
        return new Translation(null, [new LocalCondition(text, reason)]);
    }

    /// <summary>The translation of a script block, or of a part of it.</summary>
    /// <param name="Filter">A filter that every job matches that the block matches. Null for all jobs.</param>
    /// <param name="LocalConditions">The conditions that the filter does not include. Empty when it includes all.</param>
    internal sealed record Translation(FilterNode? Filter, IReadOnlyList<LocalCondition> LocalConditions);
}
