using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads the tokens of AIP-160 from a text. Which token may stand at a place depends on the place (a minus sign negates a
/// term, and is an ordinary character in a text), so the parser asks for the one it can use.
/// </summary>
internal sealed class FilterLexer(string text)
{
    private const int LongestShown = 20;

    /// <summary>The place reached.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the text has come to its end.</summary>
    public bool IsAtEnd => Position == text.Length;

    /// <summary>The character here; NUL at the end.</summary>
    public char Current => IsAtEnd ? '\0' : text[Position];

    /// <summary>Whether white space has just been taken.</summary>
    public bool IsBehindSpace => Position > 0 && char.IsWhiteSpace(text[Position - 1]);

    /// <summary>Goes back to a place reached before.</summary>
    public void ReturnTo(int position) => Position = position;

    /// <summary>Takes white space.</summary>
    /// <returns>Whether there was any.</returns>
    public bool TakeSpace()
    {
        var start = Position;
        while (!IsAtEnd && char.IsWhiteSpace(text[Position]))
        {
            Position++;
        }
        return Position > start;
    }

    /// <summary>Takes one character, if it is the next.</summary>
    public bool Take(char character)
    {
        if (IsAtEnd || text[Position] != character)
        {
            return false;
        }
        Position++;
        return true;
    }

    /// <summary>Whether a condition can begin here.</summary>
    public bool IsAtCondition => !IsAtEnd && (Current is '(' or '"' or '\'' || IsText(Current));

    /// <summary>Whether a keyword stands here, and not a function or a member whose name begins with it.</summary>
    public bool IsAtKeyword(string keyword)
    {
        var end = Position + keyword.Length;
        return string.CompareOrdinal(text, Position, keyword, 0, keyword.Length) == 0
            && (end == text.Length || (text[end] is not ('(' or '.') && !IsText(text[end])));
    }

    /// <summary>Takes a keyword that <see cref="IsAtKeyword"/> has seen here.</summary>
    public void TakeKeyword(string keyword) => Position += keyword.Length;

    /// <summary>Takes a comparator. Null when there is none here.</summary>
    public FilterComparator? TakeComparator()
    {
        var (comparator, length) = (Current, Next) switch
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

    /// <summary>Takes a text, a string or a keyword. Null when none begins here.</summary>
    /// <param name="isArgument">
    /// Whether it is compared with: no comparator can follow there, so a colon belongs to the text, as in a time.
    /// </param>
    /// <exception cref="FilterSyntaxException">A string has no end.</exception>
    public FilterWord? TakeWord(bool isArgument)
    {
        if (Current is '"' or '\'')
        {
            return TakeString();
        }
        var start = Position;
        while (!IsAtEnd && (IsText(text[Position]) || (isArgument && text[Position] == ':' && Position > start)))
        {
            Position++;
        }
        return Position == start
            ? null
            : new FilterWord(text.Substring(start, Position - start), IsQuoted: false, new(start, Position));
    }

    /// <summary>An error at this place.</summary>
    public FilterSyntaxException Error(string expected) => new(Position, Describe(Position), expected);

    /// <summary>Whether a character can stand in a text that is not quoted.</summary>
    public static bool IsText(char character) =>
        !char.IsWhiteSpace(character)
        && character is not ('(' or ')' or ',' or '.' or ':' or '=' or '<' or '>' or '!' or '"' or '\'');

    private char Next => Position + 1 < text.Length ? text[Position + 1] : '\0';

    // A backslash takes the character behind it as it is: AIP-160 names no other escapes.
    private FilterWord TakeString()
    {
        var start = Position;
        var quote = text[Position++];
        var content = new StringBuilder();
        while (!IsAtEnd && text[Position] != quote)
        {
            if (text[Position] == '\\' && Position + 1 < text.Length)
            {
                Position++;
            }
            content.Append(text[Position++]);
        }
        if (IsAtEnd)
        {
            throw new FilterSyntaxException(start, "a string without an end", $"a closing {quote}");
        }
        Position++;
        return new FilterWord(content.ToString(), IsQuoted: true, new(start, Position));
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
        while (IsText(text[position]) && end < text.Length && IsText(text[end]) && end - position <= LongestShown)
        {
            end++;
        }
        var shown = text.Substring(position, end - position);
        return shown is "AND" or "OR" or "NOT"
            ? $"the keyword {shown}"
            : $"'{Truncation.Truncate(ControlCharacters.MakeVisible(shown), LongestShown)}'";
    }
}
