using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>The comma-separated field lists of the API: <c>readMask</c> and <c>orderBy</c>.</summary>
internal static class FieldList
{
    /// <summary>A read mask in the wire's spelling. Null when it names nothing, which means all fields.</summary>
    public static string? ToReadMask(IEnumerable<string?>? names) =>
        Join(Items(names).SelectMany(JobFields.ToWire).Distinct(StringComparer.Ordinal));

    /// <summary>An order in the wire's spelling: <c>CreateTime desc</c> becomes <c>create_time desc</c>. Null when it names nothing.</summary>
    public static string? ToOrderBy(IEnumerable<string?>? terms) => Join(Items(terms).Select(ToOrderTerm));

    private static string ToOrderTerm(string term)
    {
        var words = term.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var wire = JobFields.ToWire(words[0]);
        // What is not of this form, and what stands for several fields, is the service's to judge.
        return words.Length > 2 || wire.Count > 1 ? term
            : words.Length == 1 || words[1].Equals("asc", StringComparison.OrdinalIgnoreCase) ? wire[0]
            : words[1].Equals("desc", StringComparison.OrdinalIgnoreCase) ? wire[0] + " desc"
            : term;
    }

    private static IEnumerable<string> Items(IEnumerable<string?>? lists) =>
        (lists ?? [])
            .SelectMany(list => (list ?? "").Split(','))
            .Select(item => item.Trim())
            .Where(item => item.Length > 0);

    private static string? Join(IEnumerable<string> items) =>
        string.Join(",", items) is { Length: > 0 } joined ? joined : null;
}
