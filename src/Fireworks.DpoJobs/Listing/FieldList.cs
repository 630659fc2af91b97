namespace Fireworks.DpoJobs;

/// <summary>Builds the API's comma-separated field lists, <c>readMask</c> and <c>orderBy</c>.</summary>
internal static class FieldList
{
    /// <summary>The wire form of a read mask. Null when it names no field, which selects all fields.</summary>
    public static string? ToReadMask(IEnumerable<string?>? names) =>
        names is null ? null : Join(Split(names).SelectMany(JobFields.ToWire).Distinct(StringComparer.Ordinal));

    /// <summary>The wire form of an order: <c>CreateTime desc</c> becomes <c>create_time desc</c>. Null when it names no field.</summary>
    public static string? ToOrderBy(IEnumerable<string?>? terms) =>
        terms is null ? null : Join(Split(terms).Select(ToOrderTerm));

    private static string ToOrderTerm(string term)
    {
        var words = term.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var wire = JobFields.ToWire(words[0]);
        // Terms of another form, and properties computed from several fields, are left to the service to judge.
        return words.Length > 2 || wire.Count > 1 ? term
            : words.Length == 1 || words[1].Equals("asc", StringComparison.OrdinalIgnoreCase) ? wire[0]
            : words[1].Equals("desc", StringComparison.OrdinalIgnoreCase) ? wire[0] + " desc"
            : term;
    }

    private static IEnumerable<string> Split(IEnumerable<string?> lists) =>
        lists.SelectMany(list => (list ?? "").Split(',')).Select(item => item.Trim()).Where(item => item.Length > 0);

    private static string? Join(IEnumerable<string> items) =>
        string.Join(",", items) is { Length: > 0 } joined ? joined : null;
}
