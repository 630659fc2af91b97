namespace Fireworks.DpoJobs;

/// <summary>The jobs that a listing selects: the filter for the service, and the conditions that are checked locally.</summary>
/// <param name="criteria">Always checked locally too.</param>
/// <param name="userFilter">The user's AIP-160 filter. Null for none.</param>
/// <param name="translation">The translation of the user's script block, which every job must pass locally too. Null for none.</param>
/// <param name="includeArchived">Whether deleted jobs are listed too, also when the criteria do not select them.</param>
internal sealed class JobSelection(
    JobCriteria criteria,
    string? userFilter = null,
    FilterTranslation? translation = null,
    bool includeArchived = false
)
{
    private const int MaxShownLength = 600;
    private const int MaxShownConditionLength = 100;
    private const int MaxWarnings = 5;

    private static readonly FilterEvaluator UserEvaluator = new(isGenerated: false);

    private readonly IReadOnlyList<LocalCondition> _localConditions = translation?.LocalConditions ?? [];

    private readonly bool _mixesOrWithAnd =
        userFilter is not null && FilterDiagnostics.ShowPrecedence(userFilter) is not null;

    public JobCriteria Criteria => criteria;

    public ListFilter Filter =>
        field ??= new ListFilter(userFilter, FilterBuilder.All(Parts.Where(part => !IsLocal(part))));

    /// <summary>Whether the listing includes deleted jobs that the service still retains.</summary>
    public bool IncludesArchived { get; } = includeArchived || criteria.SelectsDeleted;

    /// <summary>The user's AIP-160 filter. Null when there is none, or it has a syntax error.</summary>
    public FilterNode? UserFilter { get; } =
        userFilter is not null && FilterDiagnostics.DescribeSyntaxError(userFilter) is null
            ? FilterParser.Parse(userFilter)
            : null;

    /// <summary>Whether a job passes the user's AIP-160 filter, as far as the module can evaluate it.</summary>
    public bool PassesUserFilter(DpoJob job) =>
        UserCondition is null || UserEvaluator.Matches(UserCondition, job) != false;

    /// <summary>Whether a script block runs on the results.</summary>
    public bool HasScriptBlock => translation is not null;

    /// <summary>Paths of the job properties that are read locally.</summary>
    public IEnumerable<string> Properties =>
        criteria
            .Properties.Concat(translation?.Properties ?? [])
            .Concat(UserCondition is null ? [] : FilterEvaluator.FindProperties(UserCondition));

    /// <summary>Whether the script block may read any property of a job.</summary>
    public bool ReadsAnyField => translation?.ReadsAnyField == true;

    /// <summary>Whether no job is removed locally, provided that the service accepts the filter.</summary>
    public bool IsFullyPushedDown => _localConditions.Count == 0 && !Parts.Any(IsLocal) && Filter.IsPushedDown;

    /// <summary>Warnings about likely mistakes in the filter.</summary>
    public IEnumerable<string> Warnings => translation is null && userFilter is null ? [] : FindWarnings();

    /// <summary>Where each part of the selection is filtered, one line per part, for -Verbose.</summary>
    public IEnumerable<string> Describe()
    {
        if (Filter.Generated is { } generated)
        {
            yield return $"Filtering on the service: {generated}";
        }
        else if (!Filter.IsPushedDown)
        {
            yield return "Filtering locally: everything, because the generated filter is too long or cannot be joined with yours.";
        }
        foreach (var part in Parts.Where(IsLocal))
        {
            yield return $"Filtering locally: {FilterPrinter.Print(part)} (the service does not store the states of deleted jobs).";
        }
        foreach (var omitted in Filter.Generated is null ? [] : Filter.Omitted)
        {
            var text = Truncation.Truncate(FilterPrinter.Print(omitted), MaxShownConditionLength);
            yield return $"Filtering locally: {ControlCharacters.MakeVisible(text)} (the filter would be too long).";
        }
        foreach (var condition in _localConditions)
        {
            yield return $"Filtering locally: {ControlCharacters.MakeVisible(condition.Text)} ({condition.Reason}).";
        }
    }

    private IEnumerable<string> FindWarnings()
    {
        foreach (var warning in (translation?.Warnings ?? []).Take(MaxWarnings))
        {
            yield return ControlCharacters.MakeVisible(warning);
        }
        if (userFilter?.Contains("$_") == true)
        {
            yield return "The filter is a string that looks like a script block. To pass a script block, remove the quotes around the braces.";
        }
        foreach (var warning in userFilter is null ? [] : FilterLinter.Check(userFilter))
        {
            yield return ControlCharacters.MakeVisible(warning);
        }
        if (userFilter is not null && FilterDiagnostics.ShowPrecedence(userFilter) is { } reading)
        {
            yield return $"In AIP-160, OR binds tighter than AND, so the service reads the filter as: {Truncation.Truncate(ControlCharacters.MakeVisible(reading), MaxShownLength)}. Add parentheses to state which reading you mean.";
        }
    }

    // Not when the filter mixes OR and AND, which a service may interpret differently.
    private FilterNode? UserCondition => _mixesOrWithAnd ? null : UserFilter;

    // The conditions that are joined by AND.
    private IEnumerable<FilterNode> Parts =>
        new[] { criteria.ToFilter(), translation?.Filter }
            .OfType<FilterNode>()
            .SelectMany(filter => filter is FilterConjunction all ? all.Parts : [filter]);

    // The service does not store the states that it shows for deleted jobs, so conditions that name them are only local.
    private bool IsLocal(FilterNode part) => IncludesArchived && NamesDeleted(part);

    private static bool NamesDeleted(FilterNode node) =>
        node switch
        {
            FilterConjunction all => all.Parts.Any(NamesDeleted),
            FilterAlternative any => any.Parts.Any(NamesDeleted),
            FilterGroup group => NamesDeleted(group.Inner),
            FilterRestriction restriction => restriction.Argument is FilterMember { Parts.Count: 1 } name
                && JobStates.IsDeleted(name.Parts[0].Text),
            _ => false,
        };
}
