using System;
using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>
/// Parses filters by the grammar of AIP-160, each method one rule of it. In linear time, and with a limit on nesting, so
/// that no text takes long or overflows the stack.
/// </summary>
internal sealed class FilterParser
{
    /// <summary>How many parentheses may stand inside each other.</summary>
    public const int DeepestNesting = 100;

    private const string And = "AND";
    private const string Or = "OR";
    private const string Not = "NOT";
    private const string Space = "white space";

    private readonly FilterLexer _lexer;
    private int _depth;

    private FilterParser(string text) => _lexer = new FilterLexer(text);

    /// <summary>filter = [expression]</summary>
    /// <returns>The tree. Null for a text without anything in it.</returns>
    /// <exception cref="FilterSyntaxException">The text is not a filter. Nothing else is thrown.</exception>
    public static FilterNode? Parse(string text)
    {
        var parser = new FilterParser(text);
        parser._lexer.TakeSpace();
        if (parser._lexer.IsAtEnd)
        {
            return null;
        }
        var filter = parser.ParseExpression();
        parser._lexer.TakeSpace();
        return parser._lexer.IsAtEnd ? filter : throw parser.ErrorBehind("AND, OR, another condition or the end");
    }

    /// <summary>expression = sequence {WS AND WS sequence}</summary>
    private FilterNode ParseExpression() =>
        ParseList(ParseSequence, () => TakeConnective(And), (parts, span) => new FilterConjunction(parts, span));

    /// <summary>sequence = factor {WS factor}</summary>
    private FilterNode ParseSequence() =>
        ParseList(ParseFactor, IsAtNextFactor, (parts, span) => new FilterSequence(parts, span));

    /// <summary>factor = term {WS OR WS term}</summary>
    private FilterNode ParseFactor() =>
        ParseList(ParseTerm, () => TakeConnective(Or), (parts, span) => new FilterAlternative(parts, span));

    private static FilterNode ParseList(
        Func<FilterNode> parsePart,
        Func<bool> goesOn,
        Func<IReadOnlyList<FilterNode>, FilterSpan, FilterNode> create
    )
    {
        var first = parsePart();
        List<FilterNode>? parts = null;
        while (goesOn())
        {
            parts ??= [first];
            parts.Add(parsePart());
        }
        return parts is null ? first : create(parts, new(first.Span.Start, parts[parts.Count - 1].Span.End));
    }

    private bool TakeConnective(string keyword)
    {
        _lexer.TakeSpace();
        if (!_lexer.IsBehindSpace || !_lexer.IsAtKeyword(keyword))
        {
            return false;
        }
        TakeKeyword(keyword);
        return true;
    }

    private void TakeKeyword(string keyword)
    {
        _lexer.TakeKeyword(keyword);
        if (!_lexer.TakeSpace() && _lexer.IsAtCondition)
        {
            throw _lexer.Error(Space);
        }
    }

    // The white space before it has been taken while a connective was looked for.
    private bool IsAtNextFactor() => _lexer.IsAtCondition && _lexer.IsBehindSpace && !_lexer.IsAtKeyword(And);

    /// <summary>term = [NOT WS | "-"] simple</summary>
    private FilterNode ParseTerm()
    {
        var start = _lexer.Position;
        if (_lexer.IsAtKeyword(Not))
        {
            TakeKeyword(Not);
            return Negate(start, isMinus: false);
        }
        return _lexer.Take('-') ? Negate(start, isMinus: true) : ParseSimple();
    }

    private FilterNegation Negate(int start, bool isMinus)
    {
        var operand = ParseSimple();
        return new FilterNegation(operand, isMinus, new(start, operand.Span.End));
    }

    /// <summary>simple = restriction | composite</summary>
    private FilterNode ParseSimple() => _lexer.Current == '(' ? ParseComposite() : ParseRestriction();

    /// <summary>composite = "(" expression ")"</summary>
    private FilterGroup ParseComposite()
    {
        var start = Enter();
        _lexer.TakeSpace();
        var inner = ParseExpression();
        if (!Leave())
        {
            throw ErrorBehind("')', AND, OR or another condition");
        }
        return new FilterGroup(inner, new(start, _lexer.Position));
    }

    /// <summary>restriction = comparable [comparator arg]</summary>
    private FilterRestriction ParseRestriction()
    {
        var subject = ParseComparable(isArgument: false);
        var end = _lexer.Position;
        var hadSpace = _lexer.TakeSpace();
        if (_lexer.TakeComparator() is not { } comparator)
        {
            if (_lexer.Current == '!')
            {
                throw _lexer.Error("!=");
            }
            if (hadSpace)
            {
                // It belongs to what follows.
                _lexer.ReturnTo(end);
            }
            return new FilterRestriction(subject, null, null, subject.Span);
        }
        _lexer.TakeSpace();
        var argument = ParseArgument();
        return new FilterRestriction(subject, comparator, argument, new(subject.Span.Start, argument.Span.End));
    }

    /// <summary>arg = comparable | composite</summary>
    private FilterArgument ParseArgument() =>
        _lexer.Current == '(' ? ParseComposite() : ParseComparable(isArgument: true);

    /// <summary>comparable = member | function; member = value {"." field}; function = name {"." name} "(" [argList] ")"</summary>
    private FilterArgument ParseComparable(bool isArgument)
    {
        var start = _lexer.Position;
        var parts = new List<FilterWord>();
        do
        {
            parts.Add(
                _lexer.TakeWord(isArgument)
                    ?? throw _lexer.Error(
                        parts.Count == 0 ? Comparable(isArgument)
                        : isArgument ? "a name or digits"
                        : "a field's name"
                    )
            );
        } while (_lexer.Take('.'));

        if (_lexer.Current == '(' && parts.TrueForAll(part => !part.IsQuoted))
        {
            return ParseFunction(parts, start);
        }
        if (parts[0].IsKeyword)
        {
            _lexer.ReturnTo(start);
            throw _lexer.Error(Comparable(isArgument));
        }
        return new FilterMember(parts, new(start, _lexer.Position));
    }

    private static string Comparable(bool isArgument) => isArgument ? "a value" : "a field or a value";

    /// <summary>argList = arg {"," arg}</summary>
    private FilterFunction ParseFunction(List<FilterWord> name, int start)
    {
        Enter();
        _lexer.TakeSpace();
        var arguments = new List<FilterArgument>();
        if (_lexer.Current != ')')
        {
            do
            {
                _lexer.TakeSpace();
                arguments.Add(ParseArgument());
                _lexer.TakeSpace();
            } while (_lexer.Take(','));
        }
        if (!Leave())
        {
            var isKeyword = name.Count == 1 && name[0].IsKeyword;
            throw _lexer.Error(isKeyword ? $"',' or ')', or white space between {name[0].Text} and '('" : "',' or ')'");
        }
        return new FilterFunction(name, arguments, new(start, _lexer.Position));
    }

    private int Enter()
    {
        var start = _lexer.Position;
        if (++_depth > DeepestNesting)
        {
            throw _lexer.Error($"no more than {DeepestNesting} parentheses inside each other");
        }
        _lexer.Take('(');
        return start;
    }

    private bool Leave()
    {
        _lexer.TakeSpace();
        if (!_lexer.Take(')'))
        {
            return false;
        }
        _depth--;
        return true;
    }

    // Behind a condition another may stand, but not right behind it.
    private FilterSyntaxException ErrorBehind(string expected) =>
        _lexer.Error(_lexer.IsAtCondition && !_lexer.IsBehindSpace ? Space : expected);
}
