namespace Fireworks.DpoJobs;

/// <summary>The jobs that a listing selects: the filter for the service, and what is checked locally.</summary>
/// <param name="criteria">Always checked locally too.</param>
/// <param name="userFilter">The user's AIP-160 filter. Null for none.</param>
/// <param name="translation">The translation of the user's script block, which every job must pass locally too. Null for none.</param>
internal sealed class JobSelection(
    JobCriteria criteria,
    string? userFilter = null,
    FilterTranslation? translation = null
)
{
    private const int MaxShownLength = 600;
    private const int MaxShownConditionLength = 100;
    private const int MaxWarnings = 5;

    private static readonly FilterEvaluator UserEvaluator = new(isGenerated: false);

    private readonly IReadOnlyList<LocalCondition> _localConditions = translation?.LocalConditions ?? [];

    // Null when it has an error, or mixes OR and AND, which a service may interpret differently.
    private readonly FilterNode? _userCondition =
        userFilter is null
        || FilterDiagnostics.DescribeSyntaxError(userFilter) is not null
        || FilterDiagnostics.ShowPrecedence(userFilter) is not null
            ? null
            : FilterParser.Parse(userFilter);

    public JobCriteria Criteria => criteria;

    /// <summary>Whether a job passes the user's AIP-160 filter, as far as the module can tell.</summary>
    public bool PassesUserFilter(DpoJob job) =>
        _userCondition is null || UserEvaluator.Matches(_userCondition, job) != false;

    public ListFilter Filter { get; } =
        new(userFilter, FilterBuilder.All(new[] { criteria.ToFilter(), translation?.Filter }.OfType<FilterNode>()));

    /// <summary>Whether a script block runs on the results.</summary>
    public bool HasScriptBlock => translation is not null;

    /// <summary>Paths of the job properties that are read locally.</summary>
    public IEnumerable<string> Properties =>
        criteria
            .Properties.Concat(translation?.Properties ?? [])
            .Concat(_userCondition is null ? [] : FilterEvaluator.FindProperties(_userCondition));

    /// <summary>Whether the script block may read any property of a job.</summary>
    public bool ReadsAnyField => translation?.ReadsAnyField == true;

    /// <summary>Whether no job is removed locally, provided that the service accepts the filter.</summary>
    public bool IsFullyPushedDown => _localConditions.Count == 0 && Filter.IsPushedDown;

    /// <summary>Warnings about likely mistakes in the filter.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            foreach (var warning in (translation?.Warnings ?? []).Take(MaxWarnings))
            {
                yield return ControlCharacters.MakeVisible(warning);
            }
            if (userFilter?.Contains("$_") == true)
            {
                yield return "The filter is a string that looks like a script block. To pass a script block, remove the quotes around the braces.";
            }
            if (userFilter is not null && FilterDiagnostics.ShowPrecedence(userFilter) is { } reading)
            {
                yield return $"In AIP-160, OR binds tighter than AND, so the service reads the filter as: {Truncation.Truncate(ControlCharacters.MakeVisible(reading), MaxShownLength)}. Add parentheses to state which reading you mean.";
            }
        }
    }

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
}
