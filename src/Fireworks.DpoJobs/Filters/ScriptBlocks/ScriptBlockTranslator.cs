using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Finds the largest part of a script block that certainly means the same to the service, or takes in more jobs. What is
/// doubtful stays here: the block runs on every job that comes back, so a filter that is too wide costs time, and one that
/// is too narrow would lose jobs.
/// </summary>
/// <param name="block">The script block.</param>
/// <param name="evaluate">
/// Evaluates an expression that does not depend on the job, in the scope of the block. False when that is not to be had.
/// </param>
internal sealed class ScriptBlockTranslator(ScriptBlockAst block, ScriptBlockTranslator.Evaluate evaluate)
{
    private const int LongestShown = 100;

    /// <summary>Evaluates an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is one.</returns>
    public delegate bool Evaluate(ExpressionAst expression, out object? value);

    private readonly List<string> _problems = [];

    /// <summary>What is likely meant otherwise, in words. Known after <see cref="Translate()"/>.</summary>
    public IEnumerable<string> Problems => _problems.Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Translates the block.</summary>
    public Translation Translate()
    {
        if (
            block is { ParamBlock: null, BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null }
            && block.EndBlock is { Unnamed: true, Traps: null or { Count: 0 }, Statements.Count: 1 } end
            && Expression(end.Statements[0]) is { } expression
        )
        {
            _problems.AddRange(ScriptBlockLinter.OfNames(expression));
            return Translate(expression, isNegated: false);
        }
        return Translation.Keep(Show(block, isNegated: false), "only a block of one expression is looked into");
    }

    private Translation Translate(ExpressionAst expression, bool isNegated) =>
        expression switch
        {
            ParenExpressionAst paren when Expression(paren.Pipeline) is { } inner => Translate(inner, isNegated),
            UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not => Translate(
                not.Child,
                !isNegated
            ),
            BinaryExpressionAst { Operator: TokenKind.And or TokenKind.Or } both => Join(both, isNegated),
            BinaryExpressionAst binary => Translate(binary, isNegated),
            _ when JobProperty.Path(expression) is { } property => ComparisonTranslator.Truth(
                property,
                isNegated,
                Show(expression, isNegated)
            ),
            _ => Translation.Keep(Show(expression, isNegated), "the service has no such condition"),
        };

    private Translation Join(BinaryExpressionAst both, bool isNegated)
    {
        Translation[] sides = [Translate(both.Left, isNegated), Translate(both.Right, isNegated)];
        var kept = sides.SelectMany(side => side.Kept).ToArray();
        var filters = sides.Select(side => side.Filter).OfType<FilterNode>().ToArray();
        // By De Morgan, what is negated is joined the other way.
        if (both.Operator == TokenKind.And != isNegated)
        {
            return new Translation(FilterBuilder.All(filters), kept);
        }
        return filters.Length == sides.Length
            ? new Translation(FilterBuilder.Any(filters), kept)
            : Translation.Keep(Show(both, isNegated), sides.First(side => side.Filter is null).Kept[0].Reason);
    }

    private Translation Translate(BinaryExpressionAst binary, bool isNegated)
    {
        if (ComparisonOperator.Find(binary.Operator) is not { } found)
        {
            return Translation.Keep(
                Show(binary, isNegated),
                $"{binary.ErrorPosition.Text} does not certainly mean the same to the service"
            );
        }
        var (subject, other, isValueFirst) = JobProperty.Path(binary.Left) is null
            ? (binary.Right, binary.Left, true)
            : (binary.Left, binary.Right, false);
        if (JobProperty.Path(subject) is not { } property)
        {
            return Translation.Keep(Show(binary, isNegated), "it does not compare a property of the job itself");
        }
        if (!PureExpression.IsOne(other, block) || !evaluate(other, out var value))
        {
            return Translation.Keep(Show(binary, isNegated), "its value is not known before the block runs");
        }
        value = Unwrap(value);
        if (found.ListIsFirst is { } listIsFirst)
        {
            if (listIsFirst != isValueFirst)
            {
                return Translation.Keep(Show(binary, isNegated), "it looks for a value in a list of the job's");
            }
            // The engine compares each item with the property, the item on the left.
            isValueFirst = true;
        }
        else if (value is IList)
        {
            _problems.AddRange(ScriptBlockLinter.OfList(property));
            return Translation.Keep(Show(binary, isNegated), "it compares with a list");
        }
        var comparison = new Comparison(
            property,
            found.Comparator,
            found.ListIsFirst is not null && value is IList list ? [.. list.Cast<object?>().Select(Unwrap)] : [value],
            isValueFirst,
            found.IgnoresCase,
            isNegated != found.IsNegated
        );
        _problems.AddRange(ScriptBlockLinter.OfValues(comparison));
        return ComparisonTranslator.Translate(comparison, Show(binary, isNegated));
    }

    // What a command gives that gives nothing is null to a comparison.
    private static object? Unwrap(object? item) =>
        item == AutomationNull.Value ? null
        : item is PSObject wrapped ? wrapped.BaseObject
        : item;

    // Null for anything but a pipeline that is one expression.
    private static ExpressionAst? Expression(Ast statement) =>
        statement is PipelineAst { PipelineElements.Count: 1 } pipeline
        && pipeline.PipelineElements[0] is CommandExpressionAst { Redirections.Count: 0 } only
            ? only.Expression
            : null;

    private static string Show(Ast ast, bool isNegated)
    {
        var text = Regex.Replace(ast.Extent.Text, @"\s+", " ").Trim();
        text = isNegated ? $"-not ({text})" : text;
        return Truncation.Truncate(text, LongestShown);
    }
}
