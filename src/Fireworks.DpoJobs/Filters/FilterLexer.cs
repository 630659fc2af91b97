using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads tokens of AIP-160. Tokens depend on context (a minus sign is a negation or an ordinary character), so the parser
/// requests the kind of token that its rule allows.
/// </summary>
internal sealed class FilterLexer(string text)
{
    private const int MaxShownLength = 20;

    /// <summary>The index of the next character.</summary>
    public int Position { get; private set; }

    /// <summary>Whether all characters have been read.</summary>
    public bool IsAtEnd => Position == text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Current => IsAtEnd ? '\0' : text[Position];

    /// <summary>Whether the previous character is white space.</summary>
    public bool FollowsSpace => Position > 0 && char.IsWhiteSpace(text[Position - 1]);

    /// <summary>Whether a condition can start here.</summary>
    public bool StartsCondition => !IsAtEnd && (Current is '(' or '"' or '\'' || IsText(Current));

    /// <summary>Skips white space. Returns whether there was any.</summary>
    public bool SkipSpace()
    {
        var start = Position;
        while (char.IsWhiteSpace(Current))
        {
            Position++;
        }
        return Position > start;
    }

    /// <summary>Reads a character if it is the next one.</summary>
    public bool TryRead(char character)
    {
        if (Current != character)
        {
            return false;
        }
        Position++;
        return true;
    }

    /// <summary>Whether a keyword is next, rather than a name that starts with it.</summary>
    public bool IsAtKeyword(string keyword)
    {
        var end = Position + keyword.Length;
        return string.CompareOrdinal(text, Position, keyword, 0, keyword.Length) == 0
            && (end == text.Length || (text[end] is not ('(' or '.') && !IsText(text[end])));
    }

    /// <summary>Reads a keyword if it is next.</summary>
    public bool TryRead(string keyword)
    {
        if (!IsAtKeyword(keyword))
        {
            return false;
        }
        Position += keyword.Length;
        return true;
    }

    /// <summary>Reads a comparator. Null when there is none.</summary>
    public FilterComparator? ReadComparator()
    {
        var next = Position + 1 < text.Length ? text[Position + 1] : '\0';
        var (comparator, length) = (Current, next) switch
        {
            ('<', '=') => (FilterComparator.LessOrEqual, 2),
            ('<', _) => (FilterComparator.Less, 1),
            ('>', '=') => (FilterComparator.GreaterOrEqual, 2),
            ('>', _) => (FilterComparator.Greater, 1),
            ('!', '=') => (FilterComparator.NotEqual, 2),
            ('=', _) => (FilterComparator.Equal, 1),
            (':', _) => (FilterComparator.Has, 1),
            _ => (default(FilterComparator?), 0),
        };
        Position += length;
        return comparator;
    }

    /// <summary>
    /// Reads a text, a string or a keyword. Null when there is none. No comparator can follow an argument, so a colon in one
    /// belongs to the text, as in a time.
    /// </summary>
    /// <exception cref="FilterSyntaxException">A string is not terminated.</exception>
    public FilterWord? ReadWord(bool isArgument)
    {
        if (Current is '"' or '\'')
        {
            return ReadString();
        }
        var start = Position;
        while (!IsAtEnd && (IsText(Current) || (isArgument && Current == ':' && Position > start)))
        {
            Position++;
        }
        return Position == start
            ? null
            : new FilterWord(text.Substring(start, Position - start), IsQuoted: false) { Span = new(start, Position) };
    }

    /// <summary>A syntax error at a position, by default the current one.</summary>
    public FilterSyntaxException CreateError(string expected, int? position = null) =>
        new(position ?? Position, Describe(position ?? Position), expected);

    private static bool IsText(char character) =>
        !char.IsWhiteSpace(character)
        && character is not ('(' or ')' or ',' or '.' or ':' or '=' or '<' or '>' or '!' or '"' or '\'');

    // A backslash escapes any character; AIP-160 defines no other escape sequences.
    private FilterWord ReadString()
    {
        var start = Position;
        var quote = text[Position++];
        var content = new StringBuilder();
        while (!IsAtEnd && Current != quote)
        {
            if (Current == '\\' && Position + 1 < text.Length)
            {
                Position++;
            }
            content.Append(text[Position++]);
        }
        if (IsAtEnd)
        {
            throw new FilterSyntaxException(start, "an unterminated string", $"a closing {quote}");
        }
        Position++;
        return new FilterWord(content.ToString(), IsQuoted: true) { Span = new(start, Position) };
    }

    private string Describe(int position)
    {
        if (position == text.Length)
        {
            return "the end";
        }
        if (char.IsWhiteSpace(text[position]))
        {
            return "white space";
        }
        if (text[position] is '"' or '\'')
        {
            return "a string";
        }
        var end = position + 1;
        while (IsText(text[position]) && end < text.Length && IsText(text[end]) && end - position <= MaxShownLength)
        {
            end++;
        }
        var shown = text.Substring(position, end - position);
        return shown is "AND" or "OR" or "NOT"
            ? $"the keyword {shown}"
            : $"'{Truncation.Truncate(ControlCharacters.MakeVisible(shown), MaxShownLength)}'";
    }
}
