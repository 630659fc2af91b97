using System;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A string in which each <c>*</c> matches any characters or none (AIP-160, comparison operators).</summary>
internal sealed class TextPattern(string pattern, StringComparison comparison)
{
    public const string Wildcard = "*";

    private readonly string[] _pieces = pattern.Split(Wildcard);

    public bool Matches(ReadOnlySpan<char> text)
    {
        var first = _pieces[0];
        if (_pieces.Length == 1)
        {
            return text.Equals(first, comparison);
        }

        var last = _pieces[^1];
        if (
            text.Length < first.Length + last.Length
            || !text.StartsWith(first, comparison)
            || !text.EndsWith(last, comparison)
        )
        {
            return false;
        }

        var rest = text[first.Length..^last.Length];
        foreach (var piece in _pieces.AsSpan(1, _pieces.Length - 2))
        {
            var at = rest.IndexOf(piece, comparison);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + piece.Length)..];
        }

        return true;
    }
}
