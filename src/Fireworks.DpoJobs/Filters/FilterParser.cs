namespace Fireworks.DpoJobs;

/// <summary>
/// Parses filters by the grammar of AIP-160, with one method per rule. Takes linear time and limits nesting, so that no filter
/// takes long or overflows the stack.
/// </summary>
internal sealed class FilterParser(string text)
{
    /// <summary>The maximum depth of nested parentheses.</summary>
    public const int MaxNesting = 100;

    private const string WhiteSpace = "white space";

    private readonly FilterLexer _lexer = new(text);
    private int _depth;

    /// <summary>filter = [expression]. Null when the filter is empty or white space.</summary>
    /// <exception cref="FilterSyntaxException">The filter has a syntax error. No other exception is thrown.</exception>
    public static FilterNode? Parse(string text)
    {
        var parser = new FilterParser(text);
        parser._lexer.SkipSpace();
        if (parser._lexer.IsAtEnd)
        {
            return null;
        }
        var filter = parser.ParseExpression();
        return parser._lexer.IsAtEnd ? filter : throw parser.CreateError("AND, OR, another condition or the end");
    }

    /// <summary>expression = sequence {WS AND WS sequence}</summary>
    private FilterNode ParseExpression() =>
        ParseList(ParseSequence, () => TryReadConnective("AND"), parts => new FilterConjunction(parts));

    /// <summary>sequence = factor {WS factor}</summary>
    private FilterNode ParseSequence() => ParseList(ParseFactor, StartsFactor, parts => new FilterSequence(parts));

    /// <summary>factor = term {WS OR WS term}</summary>
    private FilterNode ParseFactor() =>
        ParseList(ParseTerm, () => TryReadConnective("OR"), parts => new FilterAlternative(parts));

    private static FilterNode ParseList(
        Func<FilterNode> parsePart,
        Func<bool> hasNextPart,
        Func<IReadOnlyList<FilterNode>, FilterNode> create
    )
    {
        var first = parsePart();
        List<FilterNode>? parts = null;
        while (hasNextPart())
        {
            parts ??= [first];
            parts.Add(parsePart());
        }
        return parts is null
            ? first
            : create(parts) with
            {
                Span = new(first.Span.Start, parts[parts.Count - 1].Span.End),
            };
    }

    private bool TryReadConnective(string keyword)
    {
        _lexer.SkipSpace();
        return _lexer.FollowsSpace && TryReadKeyword(keyword);
    }

    private bool TryReadKeyword(string keyword)
    {
        if (!_lexer.TryRead(keyword))
        {
            return false;
        }
        if (!_lexer.SkipSpace() && _lexer.StartsCondition)
        {
            throw _lexer.CreateError(WhiteSpace);
        }
        return true;
    }

    // Looking for OR has skipped the white space.
    private bool StartsFactor() => _lexer.StartsCondition && _lexer.FollowsSpace && !_lexer.IsAtKeyword("AND");

    /// <summary>term = [NOT WS | "-"] simple</summary>
    private FilterNode ParseTerm()
    {
        var start = _lexer.Position;
        var isNot = TryReadKeyword("NOT");
        if (!isNot && !_lexer.TryRead('-'))
        {
            return ParseSimple();
        }
        var operand = ParseSimple();
        return new FilterNegation(operand, IsMinus: !isNot) { Span = new(start, operand.Span.End) };
    }

    /// <summary>simple = restriction | composite</summary>
    private FilterNode ParseSimple() => _lexer.Current == '(' ? ParseComposite() : ParseRestriction();

    /// <summary>composite = "(" expression ")"</summary>
    private FilterGroup ParseComposite()
    {
        var start = _lexer.Position;
        OpenParenthesis();
        var inner = ParseExpression();
        return TryCloseParenthesis()
            ? new FilterGroup(inner) { Span = new(start, _lexer.Position) }
            : throw CreateError("')', AND, OR or another condition");
    }

    /// <summary>restriction = comparable [comparator arg]</summary>
    private FilterRestriction ParseRestriction()
    {
        var subject = ParseComparable(isArgument: false);
        _lexer.SkipSpace();
        if (_lexer.ReadComparator() is { } comparator)
        {
            _lexer.SkipSpace();
            var argument = ParseArgument();
            return new FilterRestriction(subject, comparator, argument)
            {
                Span = new(subject.Span.Start, argument.Span.End),
            };
        }
        return _lexer.Current == '!'
            ? throw _lexer.CreateError("!=")
            : new FilterRestriction(subject, null, null) { Span = subject.Span };
    }

    /// <summary>arg = comparable | composite</summary>
    private FilterArgument ParseArgument() =>
        _lexer.Current == '(' ? ParseComposite() : ParseComparable(isArgument: true);

    /// <summary>comparable = member | function; member = value {"." field}; function = name {"." name} "(" [argList] ")"</summary>
    private FilterArgument ParseComparable(bool isArgument)
    {
        var expected = isArgument ? "a value" : "a field or a value";
        var expectedAfterDot = isArgument ? "a name or digits" : "a field name";
        var start = _lexer.Position;
        var parts = new List<FilterWord>();
        do
        {
            parts.Add(
                _lexer.ReadWord(isArgument) ?? throw _lexer.CreateError(parts.Count == 0 ? expected : expectedAfterDot)
            );
        } while (_lexer.TryRead('.'));

        if (_lexer.Current == '(' && parts.TrueForAll(part => !part.IsQuoted))
        {
            return ParseFunction(parts, start);
        }
        return parts[0].IsKeyword
            ? throw _lexer.CreateError(expected, start)
            : new FilterMember(parts) { Span = new(start, _lexer.Position) };
    }

    /// <summary>argList = arg {"," arg}</summary>
    private FilterFunction ParseFunction(List<FilterWord> name, int start)
    {
        OpenParenthesis();
        var arguments = new List<FilterArgument>();
        if (_lexer.Current != ')')
        {
            do
            {
                _lexer.SkipSpace();
                arguments.Add(ParseArgument());
                _lexer.SkipSpace();
            } while (_lexer.TryRead(','));
        }
        if (!TryCloseParenthesis())
        {
            var isKeyword = name.Count == 1 && name[0].IsKeyword;
            throw _lexer.CreateError(
                isKeyword ? $"',' or ')', or white space between {name[0].Text} and '('" : "',' or ')'"
            );
        }
        return new FilterFunction(name, arguments) { Span = new(start, _lexer.Position) };
    }

    private void OpenParenthesis()
    {
        if (++_depth > MaxNesting)
        {
            throw _lexer.CreateError($"at most {MaxNesting} nested parentheses");
        }
        _lexer.TryRead('(');
        _lexer.SkipSpace();
    }

    private bool TryCloseParenthesis()
    {
        if (!_lexer.TryRead(')'))
        {
            return false;
        }
        _depth--;
        return true;
    }

    // Another condition can follow a condition, but only after white space.
    private FilterSyntaxException CreateError(string expected) =>
        _lexer.CreateError(_lexer.StartsCondition && !_lexer.FollowsSpace ? WhiteSpace : expected);
}

/// <summary>A syntax error in a filter.</summary>
internal sealed class FilterSyntaxException(int position, string found, string expected)
    : Exception($"found {found}, expected {expected}")
{
    /// <summary>The position, in UTF-16 characters from 0; the length of the filter for an error at its end.</summary>
    public int Position { get; } = position;
}
