using System.Collections.Generic;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>
/// The part of AIP-160 that generated filters use: comparisons, AND, OR, NOT, <c>-</c> and parentheses, where
/// <b>OR binds tighter than AND</b>. Everything else is refused with its place (facts.md, "Filter, order, mask").
/// </summary>
internal sealed class FilterParser
{
    private const int DeepestNesting = 100;

    private readonly FilterScanner _scanner;
    private int _depth;

    private FilterParser(string text) => _scanner = new FilterScanner(text);

    /// <returns>Null for an empty filter.</returns>
    /// <exception cref="ApiException">The filter is not understood.</exception>
    public static FilterNode? Parse(string text)
    {
        var parser = new FilterParser(text);
        parser._scanner.SkipSpace();
        if (parser._scanner.AtEnd)
        {
            return null;
        }

        var node = parser.ParseExpression();
        return parser._scanner.AtEnd ? node : throw parser._scanner.Error("nothing is open that ')' could close");
    }

    /// <summary>expression = factor {AND factor}</summary>
    private FilterNode ParseExpression()
    {
        var parts = new List<FilterNode>();
        do
        {
            parts.Add(ParseFactor());
        } while (TakeConnective("AND"));

        if (!_scanner.AtEnd && _scanner.Current != ')')
        {
            throw _scanner.Error("expected AND, OR or the end; words side by side are not supported here");
        }

        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    /// <summary>factor = term {OR term}</summary>
    private FilterNode ParseFactor()
    {
        var parts = new List<FilterNode>();
        do
        {
            parts.Add(ParseTerm());
        } while (TakeConnective("OR"));

        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private bool TakeConnective(string word)
    {
        _scanner.SkipSpace();
        if (!_scanner.TryTakeWord(word))
        {
            return false;
        }

        _scanner.SkipSpace();
        return true;
    }

    /// <summary>term = [NOT WS | "-"] simple</summary>
    private FilterNode ParseTerm()
    {
        if (_scanner.StandsAlone("NOT"))
        {
            _scanner.TryTake("NOT");
            return _scanner.SkipSpace() ? new Not(ParseSimple()) : throw _scanner.Error("NOT needs a space after it");
        }

        return _scanner.TryTake("-") ? new Not(ParseSimple()) : ParseSimple();
    }

    private FilterNode ParseSimple()
    {
        if (!_scanner.TryTake("("))
        {
            return ParseRestriction();
        }

        if (++_depth > DeepestNesting)
        {
            throw _scanner.Error("too many parentheses inside each other");
        }

        _scanner.SkipSpace();
        var inner = ParseExpression();
        if (!_scanner.TryTake(")"))
        {
            throw _scanner.Error("expected ')'");
        }

        _depth--;
        return inner;
    }

    /// <summary>restriction = field op value</summary>
    private Comparison ParseRestriction()
    {
        var start = _scanner.Position;
        var name = _scanner.TakeBare(inValue: false);
        if (name.Length == 0)
        {
            throw _scanner.Error(_scanner.AtEnd ? "the filter ends where a field is expected" : "expected a field");
        }

        if (name is "AND" or "OR" or "NOT")
        {
            throw _scanner.Error($"expected a field, found {name}", start);
        }

        var path =
            FieldPath.Find(JobFields.InList, name) ?? throw _scanner.Error($"there is no field \"{name}\"", start);
        if (path.Leaf.Kind is FieldKind.Message or FieldKind.TextList)
        {
            throw _scanner.Error($"\"{name}\" is not a scalar field", start);
        }

        _scanner.SkipSpace();
        var operatorAt = _scanner.Position;
        var comparison = ParseOperator();
        if (
            path.Leaf.Kind is FieldKind.Enum or FieldKind.Boolean
            && comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual)
        )
        {
            throw _scanner.Error($"\"{name}\" can only be compared with = and !=", operatorAt);
        }

        _scanner.SkipSpace();
        return new Comparison(path, comparison, FilterLiteral.Parse(_scanner, path.Leaf));
    }

    private ComparisonOperator ParseOperator() =>
        _scanner.TryTake("<=") ? ComparisonOperator.LessOrEqual
        : _scanner.TryTake("<") ? ComparisonOperator.Less
        : _scanner.TryTake(">=") ? ComparisonOperator.GreaterOrEqual
        : _scanner.TryTake(">") ? ComparisonOperator.Greater
        : _scanner.TryTake("!=") ? ComparisonOperator.NotEqual
        : _scanner.TryTake("=") ? ComparisonOperator.Equal
        : _scanner.Current == ':' ? throw _scanner.Error("the has operator ':' is not supported here")
        : _scanner.Current == '(' ? throw _scanner.Error("functions are not supported here")
        : throw _scanner.Error("expected one of = != < <= > >=");
}
