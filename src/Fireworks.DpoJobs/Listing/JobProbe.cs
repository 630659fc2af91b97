namespace Fireworks.DpoJobs;

/// <summary>A filter that a certain job matches, to find out whether the service understands filters of that form.</summary>
internal static class JobProbe
{
    // More than the error of float32.
    private const double Margin = 1e-5;

    /// <summary>The fields that every filter of this form compares.</summary>
    public static IReadOnlyList<string> CoreFields { get; } = ["name", "state", "create_time"];

    /// <summary>The fields that the filter needs, as wire paths: name, state and creation time, and those of the conditions.</summary>
    public static IReadOnlyList<string> FieldsOf(IEnumerable<FilterNode> conditions) =>
        [
            .. CoreFields
                .Concat(
                    conditions
                        .SelectMany(FilterBuilder.FindRestrictions)
                        .Select(FilterEvaluator.PathOf)
                        .OfType<string>()
                )
                .Distinct(),
        ];

    /// <summary>The job with a name that has values for most of the fields that not every job has. Null when there is none.</summary>
    public static DpoJob? Choose(IEnumerable<DpoJob> jobs, IReadOnlyList<string> fields) =>
        jobs.Where(job => job?.Name is not null)
            .OrderByDescending(job =>
                fields
                    .Except(CoreFields)
                    .Count(field => Compare(field, FilterEvaluator.ReadValue(job, field)) is not null)
            )
            .FirstOrDefault();

    /// <summary>A filter that compares each field with the value of the job. Fields that the job lacks are omitted.</summary>
    public static FilterNode? FilterFor(DpoJob job, IEnumerable<string> fields) =>
        FilterBuilder.All(
            fields.Select(field => Compare(field, FilterEvaluator.ReadValue(job, field))).OfType<FilterNode>()
        );

    /// <summary>
    /// Whether a job can match by one field although the service does not understand another. Then a result with jobs does not
    /// show that the service understands the filter.
    /// </summary>
    public static bool HasIndependentFields(FilterNode filter) =>
        filter switch
        {
            FilterConjunction all => all.Parts.Any(HasIndependentFields),
            FilterSequence all => all.Parts.Any(HasIndependentFields),
            FilterGroup group => HasIndependentFields(group.Inner),
            FilterAlternative or FilterNegation => FilterBuilder
                .FindRestrictions(filter)
                .Select(FilterEvaluator.PathOf)
                .Distinct()
                .Skip(1)
                .Any(),
            _ => false,
        };

    /// <summary>
    /// The field of a comparison in a user's filter and the form of its value. Null when the module cannot evaluate such a
    /// comparison.
    /// </summary>
    public static string? FormOf(FilterRestriction comparison) =>
        !FilterEvaluator.IsComparable(comparison) ? null
        : comparison.Argument is not FilterMember ? $"{FilterEvaluator.PathOf(comparison)} function"
        : $"{FilterEvaluator.PathOf(comparison)} {(IsQuoted(comparison) ? "quoted" : "bare")}";

    /// <summary>A filter of the form of a user's comparison that a job matches. Null when there is none.</summary>
    public static FilterNode? FilterLike(FilterRestriction comparison, DpoJob job)
    {
        var path = FilterEvaluator.PathOf(comparison)!;
        var isQuoted = IsQuoted(comparison);
        return FilterEvaluator.ReadValue(job, path) switch
        {
            string text when path == "state" && JobStates.IsDeleted(text) => null,
            string text => Equal(path, isQuoted ? FilterBuilder.String(text) : FilterBuilder.Name(text)),
            DateTimeOffset time when TimeFilter.Compare(path, FilterComparator.Equal, time) is { } window => isQuoted
                ? FilterBuilder.QuoteTimes(window)
                : window,
            _ => null,
        };
    }

    /// <summary>A user's comparison of the state with the other spelling of its value. Null for other fields.</summary>
    public static FilterRestriction? Respell(FilterRestriction comparison) =>
        FilterEvaluator.PathOf(comparison) == "state"
        && comparison.Argument is FilterMember { Parts: { Count: 1 } parts }
            ? comparison with
            {
                Argument = parts[0].IsQuoted ? FilterBuilder.Name(parts[0].Text) : FilterBuilder.String(parts[0].Text),
            }
            : null;

    private static bool IsQuoted(FilterRestriction comparison) =>
        comparison.Argument is FilterMember { Parts: var parts } && parts[0].IsQuoted;

    // A field with its default value may be unset on the service, where it then matches nothing.
    private static FilterNode? Compare(string field, object? value) =>
        value switch
        {
            DateTimeOffset time => TimeFilter.Compare(field, FilterComparator.Equal, time),
            string text when field == "name" => Equal(field, FilterBuilder.String(text)),
            string text when FilterBuilder.IsEnumName(text) => text.EndsWith("UNSPECIFIED", StringComparison.Ordinal)
            || text == "OK"
                ? null
                : Equal(field, FilterBuilder.Name(text)),
            string text => Equal(field, FilterBuilder.String(text)),
            true => Equal(field, FilterBuilder.Name("true")),
            int number and not 0 => Equal(field, FilterBuilder.Number((long)number)),
            double number and not 0 => FilterBuilder.All([
                FilterBuilder.Compare(
                    field,
                    FilterComparator.GreaterOrEqual,
                    FilterBuilder.Number(number - (Math.Abs(number) * Margin))
                ),
                FilterBuilder.Compare(
                    field,
                    FilterComparator.LessOrEqual,
                    FilterBuilder.Number(number + (Math.Abs(number) * Margin))
                ),
            ]),
            _ => null,
        };

    private static FilterNode Equal(string field, FilterArgument value) =>
        FilterBuilder.Compare(field, FilterComparator.Equal, value);
}
