using System;
using System.Text;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>The text of a filter and the place reached in it.</summary>
internal sealed class FilterScanner(string text)
{
    private int _at;

    public bool AtEnd => _at == text.Length;

    public int Position => _at;

    /// <summary>The character here; NUL at the end.</summary>
    public char Current => AtEnd ? '\0' : text[_at];

    /// <returns>True when there was white space.</returns>
    public bool SkipSpace()
    {
        var start = _at;
        while (!AtEnd && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at > start;
    }

    public bool TryTake(string literal)
    {
        if (!text.AsSpan(_at).StartsWith(literal, StringComparison.Ordinal))
        {
            return false;
        }

        _at += literal.Length;
        return true;
    }

    /// <summary>Takes an upper-case word, such as AND, when it stands here alone.</summary>
    public bool TryTakeWord(string word)
    {
        if (!StandsAlone(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    public bool StandsAlone(string word)
    {
        var end = _at + word.Length;
        return text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal)
            && (end == text.Length || !IsBare(text[end], inValue: false));
    }

    /// <summary>An unquoted run of characters; a value may contain colons, as times do.</summary>
    public string TakeBare(bool inValue)
    {
        var start = _at;
        while (!AtEnd && IsBare(text[_at], inValue))
        {
            _at++;
        }

        return text[start.._at];
    }

    /// <summary>A quoted string, after its opening quote was seen here.</summary>
    public string TakeQuoted()
    {
        var start = _at;
        var quote = text[_at++];
        var content = new StringBuilder();
        while (!AtEnd && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                _at++;
            }

            content.Append(text[_at++]);
        }

        if (AtEnd)
        {
            throw Error("the string has no end", start);
        }

        _at++;
        return content.ToString();
    }

    public ApiException Error(string what) => Error(what, _at);

    public ApiException Error(string what, int position) =>
        ApiException.Invalid($"invalid filter at position {position + 1}: {what}; filter: {text}");

    private static bool IsBare(char c, bool inValue) =>
        !char.IsWhiteSpace(c) && !"()=<>!\"',".Contains(c, StringComparison.Ordinal) && (inValue || c != ':');
}
