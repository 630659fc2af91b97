using System;

namespace Fireworks.DpoJobs;

/// <summary>A text that is not a filter by the grammar of AIP-160.</summary>
/// <param name="position">Where, in UTF-16 characters from 0; the text's length at its end.</param>
/// <param name="found">What stands there, in words.</param>
/// <param name="expected">What could stand there, in words.</param>
internal sealed class FilterSyntaxException(int position, string found, string expected)
    : Exception($"found {found}, expected {expected}")
{
    /// <summary>Where, in UTF-16 characters from 0; the text's length at its end.</summary>
    public int Position { get; } = position;

    /// <summary>What stands there, in words.</summary>
    public string Found { get; } = found;

    /// <summary>What could stand there, in words.</summary>
    public string Expected { get; } = expected;
}
