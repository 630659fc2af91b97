namespace Fireworks.DpoJobs;

/// <summary>The filter of a listing: the user's, joined with the one that is generated from other parameters.</summary>
internal sealed class ListFilter
{
    // Front ends reject addresses longer than about 8,000 bytes.
    private const int MaxGeneratedLength = 2000;

    private readonly FilterNode? _generated;

    /// <summary>Joins two filters.</summary>
    /// <param name="userFilter">An AIP-160 filter, sent unchanged. Null for none.</param>
    /// <param name="generated">The generated filter. Null for none. Jobs are checked against it locally too, so it may be omitted.</param>
    public ListFilter(string? userFilter, FilterNode? generated)
    {
        UserFilter = userFilter;
        // With an unmatched parenthesis or quote, it would change the meaning of what is joined to it. The service judges it alone.
        CanBeJoined = userFilter is null || FilterDiagnostics.DescribeSyntaxError(userFilter) is null;
        if (generated is not null)
        {
            Generated =
                FilterPrinter.Print(generated) is { Length: <= MaxGeneratedLength } text && CanBeJoined ? text : null;
            CanBeJoined = IsPushedDown = Generated is not null;
            HasTimestamps = IsPushedDown && HasTimestamp(generated);
            _generated = generated;
        }
        Text = CanBeJoined ? With(null) : userFilter;
    }

    /// <summary>The user's filter. Null for none.</summary>
    public string? UserFilter { get; }

    /// <summary>The generated part of <see cref="Text"/>. Null for none.</summary>
    public string? Generated { get; }

    /// <summary>The filter to send. Null for none.</summary>
    public string? Text { get; }

    /// <summary>Whether <see cref="Text"/> includes everything that was generated. False when it would be too long, or when the user's filter is malformed.</summary>
    public bool IsPushedDown { get; } = true;

    /// <summary>Whether more conditions can be added with <see cref="With"/>.</summary>
    public bool CanBeJoined { get; }

    /// <summary>Whether <see cref="Generated"/> contains timestamps: a later run may generate others.</summary>
    public bool HasTimestamps { get; }

    /// <summary>The filter to send with one more condition. Only if <see cref="CanBeJoined"/> is true.</summary>
    /// <param name="condition">The condition. Null for none.</param>
    /// <returns>The filter. Null when it is empty.</returns>
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
