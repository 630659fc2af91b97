using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Translates the largest part of a script block that the service evaluates like PowerShell, or that matches more jobs. In
/// doubt, a condition is local: the block runs on all results, so a filter that is too wide costs time, and one that is too
/// narrow would lose jobs.
/// </summary>
internal sealed class ScriptBlockTranslator(ScriptBlockAst block, IBlockScope scope)
{
    private const int MaxShownLength = 100;

    private readonly BlockPurity _purity = new(block, scope);
    private readonly Dictionary<ExpressionAst, (Comparison? Comparison, string Reason)> _comparisons = [];
    private readonly List<string> _warnings = [];

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
            _warnings.AddRange(ScriptBlockLinter.CheckConditions(expression));
            _warnings.AddRange(ScriptBlockLinter.CheckAssignments(expression));
            _warnings.AddRange(ScriptBlockLinter.CheckIndexes(expression));
            return Translate(new Part(expression, IsNegated: false), []);
        }
        if (block.EndBlock is { Statements: { Count: 1 } statements } && statements[0] is AssignmentStatementAst only)
        {
            _warnings.AddRange(ScriptBlockLinter.CheckAssignments(only));
        }
        return Local(block, isNegated: false, "only blocks of a single expression are translated");
    }

    /// <param name="given">A part of the block.</param>
    /// <param name="set">
    /// Properties that are set: otherwise, a condition that PowerShell evaluates before any side effect makes the block false.
    /// </param>
    private Translation Translate(Part given, HashSet<string> set)
    {
        var part = given.Simplify();
        if (part.IsConjunction)
        {
            return TranslateConjunction(part, set);
        }
        if (part.IsAlternative)
        {
            return TranslateAlternative(part, set);
        }
        var (comparison, reason) = ReadCondition(part);
        if (comparison is not null && !_purity.HasSideEffects(part.Expression))
        {
            var translation = ComparisonTranslator.Translate(
                comparison with
                {
                    IsSet = set.Contains(comparison.Property),
                },
                scope.AccountId
            );
            if (translation.Filter is { } filter)
            {
                return new Translation(filter, []);
            }
            reason = translation.Reason;
        }
        return Local(part.Expression, part.IsNegated, reason);
    }

    // A job that the filter excludes must be one for which PowerShell stops before any side effect. So nothing after a side
    // effect is pushed down.
    private Translation TranslateConjunction(Part conjunction, HashSet<string> set)
    {
        var parts = conjunction.FindConjuncts().ToArray();
        var known = new HashSet<string>(set, StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.TakeWhile(part => !_purity.HasSideEffects(part.Expression)))
        {
            known.UnionWith(FindSetProperties(part));
        }
        var hasSideEffects = false;
        var translations = new List<Translation>();
        foreach (var part in parts)
        {
            var translation = Translate(part, known);
            translations.Add(
                hasSideEffects
                    ? Local(part.Expression, part.IsNegated, "a condition before it has side effects")
                    : translation
            );
            hasSideEffects |= _purity.HasSideEffects(part.Expression);
        }
        return new Translation(
            FilterBuilder.All(translations.Select(part => part.Filter).OfType<FilterNode>()),
            [.. translations.SelectMany(part => part.LocalConditions)]
        );
    }

    private Translation TranslateAlternative(Part alternative, HashSet<string> set)
    {
        Translation[] sides = [.. alternative.Sides.Select(side => Translate(side, set))];
        var filters = sides.Select(side => side.Filter).OfType<FilterNode>().ToArray();
        return filters.Length == sides.Length
            ? new Translation(FilterBuilder.Any(filters), [.. sides.SelectMany(side => side.LocalConditions)])
            : Local(
                alternative.Expression,
                alternative.IsNegated,
                sides.First(side => side.Filter is null).LocalConditions[0].Reason
            );
    }

    /// <summary>The properties that are set in every job for which a part is true.</summary>
    private HashSet<string> FindSetProperties(Part given)
    {
        var part = given.Simplify();
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (part.IsConjunction || part.IsAlternative)
        {
            var sides = part.Sides.Select(FindSetProperties).ToArray();
            found.UnionWith(sides[0]);
            if (part.IsConjunction)
            {
                found.UnionWith(sides[1]);
            }
            else
            {
                found.IntersectWith(sides[1]);
            }
        }
        else if (ReadCondition(part).Comparison is { } comparison && ComparisonTranslator.ExcludesUnset(comparison))
        {
            found.Add(comparison.Property);
        }
        return found;
    }

    private (Comparison? Comparison, string Reason) ReadCondition(Part part)
    {
        if (!_comparisons.TryGetValue(part.Expression, out var found))
        {
            found =
                part.Expression is BinaryExpressionAst binary ? ReadComparison(binary)
                : JobProperty.FindPath(part.Expression) is { } property
                    ? (
                        new Comparison(property, FilterComparator.Equal, [true], false, true, IsNegated: false)
                        {
                            Test = (actual, _) => LanguagePrimitives.IsTrue(actual),
                        },
                        ""
                    )
                : (null, "it has no equivalent on the service");
            _comparisons.Add(part.Expression, found);
        }
        return part.IsNegated && found.Comparison is { } comparison
            ? (comparison with { IsNegated = !comparison.IsNegated }, found.Reason)
            : found;
    }

    private (Comparison? Comparison, string Reason) ReadComparison(BinaryExpressionAst binary)
    {
        var text = binary.ErrorPosition.Text;
        if (ComparisonOperator.Find(binary.Operator) is not { } found)
        {
            return (null, $"{text} has no exact equivalent on the service");
        }
        var isValueFirst = JobProperty.FindPath(binary.Left) is null;
        var (subject, other) = isValueFirst ? (binary.Right, binary.Left) : (binary.Left, binary.Right);
        if (JobProperty.FindPath(subject) is not { } property)
        {
            return (null, "it does not compare a property of $_");
        }
        if (!_purity.IsPure(other) || !scope.TryEvaluate(other, out var value))
        {
            return (null, "the value is unknown until the block runs");
        }
        value = Comparison.Unwrap(value);
        if (found.Test is not null && (isValueFirst || value is not string))
        {
            return (null, $"{text} has no exact equivalent on the service");
        }
        if (found.Test is not null && !ComparisonOperator.IsValidPattern(found.Test, value))
        {
            return (null, "the pattern is invalid");
        }
        var isSequence = value is IEnumerable and not (string or IDictionary);
        if (found.IsListFirst is null && isSequence)
        {
            _warnings.AddRange(ScriptBlockLinter.CheckList(property));
            return (null, "it compares with a list");
        }
        if (found.IsListFirst is { } isListFirst && isListFirst != isValueFirst)
        {
            return (null, "it searches a property of the job for a value");
        }
        if (isSequence && !IsCollection(value!))
        {
            return (null, "its items are unknown until the block runs");
        }
        var comparison = new Comparison(
            property,
            found.Comparator,
            isSequence ? [.. ((IEnumerable)value!).Cast<object?>().Select(Comparison.Unwrap)] : [value],
            // PowerShell compares each item of a list with the property, the item on the left.
            isValueFirst || found.IsListFirst is not null,
            found.IgnoresCase,
            found.IsNegated
        )
        {
            Test = found.Test,
            PatternOperator = found.Test is null ? null : text,
        };
        _warnings.AddRange(ScriptBlockLinter.CheckValues(comparison));
        return (comparison, "");
    }

    // Other sequences may produce their items only once.
    private static bool IsCollection(object value) =>
        value is ICollection
        || value
            .GetType()
            .GetInterfaces()
            .Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICollection<>));

    /// <summary>The expression of a pipeline that consists of it. Null for any other statement.</summary>
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

    /// <summary>A part of a block, or its negation.</summary>
    private sealed record Part(ExpressionAst Expression, bool IsNegated)
    {
        // By De Morgan's laws, a negation swaps AND and OR.
        public bool IsConjunction => Operator == (IsNegated ? TokenKind.Or : TokenKind.And);

        public bool IsAlternative => Operator == (IsNegated ? TokenKind.And : TokenKind.Or);

        /// <summary>Both sides of a conjunction or an alternative.</summary>
        public Part[] Sides =>
            [
                this with
                {
                    Expression = ((BinaryExpressionAst)Expression).Left,
                },
                this with
                {
                    Expression = ((BinaryExpressionAst)Expression).Right,
                },
            ];

        private TokenKind? Operator => (Expression as BinaryExpressionAst)?.Operator;

        /// <summary>The same part without parentheses and without <c>-not</c>.</summary>
        public Part Simplify() =>
            Expression switch
            {
                ParenExpressionAst paren when FindExpression(paren.Pipeline) is { } inner => (
                    this with
                    {
                        Expression = inner,
                    }
                ).Simplify(),
                UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not => new Part(
                    not.Child,
                    !IsNegated
                ).Simplify(),
                _ => this,
            };

        /// <summary>The parts of a conjunction in the order in which PowerShell evaluates them.</summary>
        public IEnumerable<Part> FindConjuncts() =>
            Simplify() is { IsConjunction: true } both ? both.Sides.SelectMany(side => side.FindConjuncts()) : [this];
    }
}
