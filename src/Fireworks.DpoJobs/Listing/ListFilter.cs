namespace Fireworks.DpoJobs;

/// <summary>The filter of a listing: the user's, joined with the one that is generated from other parameters.</summary>
internal sealed class ListFilter
{
    // Front ends reject addresses longer than about 8,000 bytes.
    private const int MaxGeneratedLength = 2000;

    private readonly FilterNode? _generated;

    /// <summary>Joins two filters. Null for none.</summary>
    /// <param name="userFilter">An AIP-160 filter, sent unchanged.</param>
    /// <param name="generated">The generated filter. Jobs are checked against it locally too, so it may be omitted.</param>
    public ListFilter(string? userFilter, FilterNode? generated)
    {
        UserFilter = userFilter;
        _generated = generated;
        // An unmatched parenthesis or quote would change the meaning of the joined filter, so the service judges such a filter alone.
        var isWellFormed = userFilter is null || FilterDiagnostics.DescribeSyntaxError(userFilter) is null;
        if (isWellFormed && generated is not null)
        {
            Generated = FilterPrinter.Print(generated) is { Length: <= MaxGeneratedLength } text ? text : null;
        }
        CanBeJoined = isWellFormed && IsPushedDown;
        Text = CanBeJoined ? With(null) : userFilter;
    }

    public string? UserFilter { get; }

    /// <summary>The generated part of <see cref="Text"/>. Null for none.</summary>
    public string? Generated { get; }

    /// <summary>The filter to send. Null for none.</summary>
    public string? Text { get; }

    /// <summary>Whether <see cref="Text"/> includes everything that was generated. False when it would be too long, or when the user's filter is malformed.</summary>
    public bool IsPushedDown => _generated is null || Generated is not null;

    /// <summary>Whether more conditions can be added with <see cref="With"/>.</summary>
    public bool CanBeJoined { get; }

    /// <summary>Whether <see cref="Generated"/> contains timestamps: a later run may generate others.</summary>
    public bool HasTimestamps => Generated is not null && HasTimestamp(_generated!);

    /// <summary>The filter to send with one more condition. Null when it is empty. Only if <see cref="CanBeJoined"/> is true.</summary>
    public string? With(FilterNode? condition)
    {
        var generated = FilterBuilder.All(new[] { _generated, condition }.OfType<FilterNode>());
        if (generated is null)
        {
            return UserFilter;
        }
        var text = FilterPrinter.Print(generated);
        // AND binds loosest, so a conjunction needs no parentheses. The user's filter may contain anything.
        return UserFilter is null ? text
            : generated is FilterAlternative or FilterSequence ? $"({UserFilter}) AND ({text})"
            : $"({UserFilter}) AND {text}";
    }

    private static bool HasTimestamp(FilterNode node) =>
        node switch
        {
            FilterConjunction all => all.Parts.Any(HasTimestamp),
            FilterAlternative any => any.Parts.Any(HasTimestamp),
            FilterGroup group => HasTimestamp(group.Inner),
            FilterRestriction restriction => restriction.Argument is FilterFunction,
            _ => false,
        };
}
