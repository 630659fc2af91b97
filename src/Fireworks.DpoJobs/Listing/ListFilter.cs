namespace Fireworks.DpoJobs;

/// <summary>
/// The filter of a listing: the user's, joined with the one that is generated from other parameters. Jobs are checked against
/// the generated conditions locally too, so any of them may be omitted.
/// </summary>
internal sealed class ListFilter
{
    // Front ends reject addresses longer than about 8,000 bytes.
    private const int MaxGeneratedLength = 2000;

    private readonly bool _isWellFormed;

    /// <summary>Joins two filters. Null for none. The longest generated conditions are omitted if it would be too long.</summary>
    /// <param name="userFilter">An AIP-160 filter, sent unchanged.</param>
    /// <param name="generated">The generated filter.</param>
    public ListFilter(string? userFilter, FilterNode? generated)
    {
        UserFilter = userFilter;
        // An unmatched parenthesis or quote would change the meaning of the joined filter, so the service judges such a filter alone.
        _isWellFormed = userFilter is null || FilterDiagnostics.DescribeSyntaxError(userFilter) is null;
        var all = Split(generated);
        Conditions = _isWellFormed ? Shorten(all) : [];
        Omitted = [.. all.Except(Conditions)];
    }

    private ListFilter(ListFilter source, IReadOnlyList<FilterNode> conditions, IReadOnlyList<FilterNode> omitted)
    {
        UserFilter = source.UserFilter;
        _isWellFormed = source._isWellFormed;
        Conditions = conditions;
        Omitted = omitted;
    }

    public string? UserFilter { get; }

    /// <summary>The generated conditions that are sent, joined by AND.</summary>
    public IReadOnlyList<FilterNode> Conditions { get; }

    /// <summary>The generated conditions that are not sent.</summary>
    public IReadOnlyList<FilterNode> Omitted { get; }

    /// <summary>The generated part of <see cref="Text"/>. Null for none.</summary>
    public string? Generated => FilterBuilder.All(Conditions) is { } all ? FilterPrinter.Print(all) : null;

    /// <summary>The filter to send. Null for none.</summary>
    public string? Text => _isWellFormed ? With(null) : UserFilter;

    /// <summary>Whether <see cref="Text"/> includes everything that was generated.</summary>
    public bool IsPushedDown => Omitted.Count == 0;

    /// <summary>Whether more conditions can be added with <see cref="With"/>.</summary>
    public bool CanBeJoined => _isWellFormed && IsPushedDown;

    /// <summary>Whether <see cref="Generated"/> contains timestamps: a later run may generate others.</summary>
    public bool HasTimestamps =>
        Conditions.SelectMany(FilterBuilder.FindRestrictions).Any(condition => condition.Argument is FilterFunction);

    /// <summary>Whether <see cref="Generated"/> contains enum values without quotes.</summary>
    public bool HasBareEnums => FindEnums().Any(name => !name.IsQuoted);

    /// <summary>Whether <see cref="Generated"/> contains enum values in quotes.</summary>
    public bool HasQuotedEnums => FindEnums().Any(name => name.IsQuoted);

    /// <summary>The filter to send with one more condition. Null when it is empty. Only if the user's filter is well-formed.</summary>
    public string? With(FilterNode? condition)
    {
        var generated = FilterBuilder.All(Conditions.Append(condition).OfType<FilterNode>());
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

    /// <summary>The same filter with fewer generated conditions.</summary>
    public ListFilter Keep(Func<FilterNode, bool> isKept)
    {
        var kept = Conditions.Where(isKept).ToArray();
        return kept.Length == Conditions.Count ? this : new(this, kept, [.. Omitted, .. Conditions.Except(kept)]);
    }

    /// <summary>The same filter with enum values in quotes.</summary>
    public ListFilter QuoteEnums() =>
        HasBareEnums ? new(this, [.. Conditions.Select(FilterBuilder.QuoteEnums)], Omitted) : this;

    private IEnumerable<FilterWord> FindEnums() =>
        Conditions.SelectMany(FilterBuilder.FindRestrictions).Select(FilterBuilder.FindEnum).OfType<FilterWord>();

    private static FilterNode[] Split(FilterNode? generated) =>
        generated is FilterConjunction all
            ? [.. all.Parts.Select(part => part is FilterGroup group ? group.Inner : part)]
        : generated is null ? []
        : [generated];

    private static List<FilterNode> Shorten(FilterNode[] conditions)
    {
        var kept = conditions.ToList();
        while (FilterBuilder.All(kept) is { } all && FilterPrinter.Print(all).Length > MaxGeneratedLength)
        {
            kept.Remove(kept.OrderByDescending(condition => FilterPrinter.Print(condition).Length).First());
        }
        return kept;
    }
}
