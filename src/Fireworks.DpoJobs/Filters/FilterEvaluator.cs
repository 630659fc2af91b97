using System.Globalization;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>
/// Evaluates filters on a job that the service returned, to find out whether the service evaluated them. Yields null when that
/// is uncertain, for example because the job lacks the field.
/// </summary>
/// <param name="isGenerated">
/// Whether the module generated the filter, so that all comparisons are exact. In a user's filter, only the state, the name and
/// times are compared, and times only if they differ by more than a second.
/// </param>
internal sealed class FilterEvaluator(bool isGenerated)
{
    private static readonly string[] UserFields = ["name", "state", "create_time", "completed_time"];
    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    /// <summary>The property paths of the fields in a user's filter that can be evaluated.</summary>
    public static IEnumerable<string> FindProperties(FilterNode filter) =>
        FilterBuilder
            .FindRestrictions(filter)
            .Select(restriction => PathOf(restriction))
            .Where(path => UserFields.Contains(path))
            .Select(path => JobFields.Find(path!)!.PropertyPath)
            .Distinct();

    /// <summary>Whether a comparison in a user's filter can be evaluated for jobs that have the field.</summary>
    public static bool IsComparable(FilterRestriction comparison) =>
        PathOf(comparison) is { } path
        && UserFields.Contains(path)
        && ReadLiteral(comparison.Argument!) is { } literal
        && (
            path is "name" or "state"
                ? comparison.Comparator is FilterComparator.Equal or FilterComparator.NotEqual && IsExact(literal)
                : comparison.Comparator != FilterComparator.Has && IsTime(comparison.Argument!, literal)
        );

    /// <summary>The wire path on the left of a comparison. Null when it is not a path.</summary>
    public static string? PathOf(FilterRestriction restriction) =>
        restriction is { Subject: FilterMember member, Comparator: not null }
            ? string.Join(".", member.Parts.Select(part => part.Text))
            : null;

    /// <summary>Whether a job matches a filter. Null when that is uncertain.</summary>
    public bool? Matches(FilterNode filter, DpoJob job) =>
        filter switch
        {
            FilterConjunction all => All(all.Parts.Select(part => Matches(part, job))),
            FilterAlternative any => !All(any.Parts.Select(part => !Matches(part, job))),
            FilterNegation not => !Matches(not.Operand, job),
            FilterGroup group => Matches(group.Inner, job),
            FilterRestriction { Comparator: { } comparator, Argument: { } argument } restriction => Compare(
                PathOf(restriction) ?? "",
                comparator,
                argument,
                job
            ),
            _ => null,
        };

    /// <summary>The value of a field as the service sent it. Null when the job lacks it, or there is no such field.</summary>
    public static object? ReadValue(DpoJob job, string path)
    {
        if (path is "state" or "status.code")
        {
            return path == "state" ? job.StateText : job.Status?.CodeText;
        }
        if (JobFields.Find(path) is not { IsComputed: false } field || field.WirePaths[0] != path)
        {
            return null;
        }
        object? value = job;
        foreach (var name in field.PropertyPath.Split('.'))
        {
            value = value?.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.GetValue(value);
        }
        return value;
    }

    private static bool? All(IEnumerable<bool?> parts)
    {
        bool? result = true;
        foreach (var part in parts)
        {
            if (part == false)
            {
                return false;
            }
            result = part is null ? null : result;
        }
        return result;
    }

    private bool? Compare(string path, FilterComparator comparator, FilterArgument argument, DpoJob job)
    {
        if ((!isGenerated && !UserFields.Contains(path)) || ReadLiteral(argument) is not { } literal)
        {
            return null;
        }
        return ReadValue(job, path) switch
        {
            // The service may store another state than it shows for a deleted job.
            string text when path == "state" && (JobStates.IsDeleted(text) || JobStates.IsDeleted(literal)) => null,
            string text => CompareText(text, comparator, literal),
            DateTimeOffset time => DateTimeOffset.TryParse(
                literal,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var bound
            )
                ? isGenerated || (time - bound).Duration() > Precision
                    ? Holds(comparator, time.CompareTo(bound))
                    : null
                : null,
            bool value => literal is "true" or "false" ? Holds(comparator, value.CompareTo(literal == "true")) : null,
            int or double => double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? Holds(
                    comparator,
                    Convert.ToDouble(ReadValue(job, path), CultureInfo.InvariantCulture).CompareTo(number)
                )
                : null,
            _ => null,
        };
    }

    // The service may interpret wildcards, short names of enums and another case, and may order strings differently.
    private bool? CompareText(string text, FilterComparator comparator, string literal) =>
        comparator is FilterComparator.Equal or FilterComparator.NotEqual && (isGenerated || IsExact(literal))
            ? Holds(comparator, string.CompareOrdinal(text, literal))
            : null;

    private static bool IsExact(string literal) =>
        JobStates.Parse(literal) is not (null or JobState.Unrecognized)
        || (literal.StartsWith("accounts/", StringComparison.Ordinal) && !literal.Contains('*'));

    private static bool IsTime(FilterArgument argument, string literal) =>
        (argument is FilterFunction || (argument is FilterMember { Parts: { Count: 1 } parts } && parts[0].IsQuoted))
        && DateTimeOffset.TryParse(literal, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool? Holds(FilterComparator comparator, int order) =>
        comparator switch
        {
            FilterComparator.Equal => order == 0,
            FilterComparator.NotEqual => order != 0,
            FilterComparator.Less => order < 0,
            FilterComparator.LessOrEqual => order <= 0,
            FilterComparator.Greater => order > 0,
            FilterComparator.GreaterOrEqual => order >= 0,
            _ => null,
        };

    private static string? ReadLiteral(FilterArgument argument) =>
        argument switch
        {
            FilterFunction { Name: { Count: 1 } name, Arguments: { Count: 1 } arguments }
                when name[0].Text == "timestamp" => ReadLiteral(arguments[0]),
            FilterMember { Parts: var parts } => string.Join(".", parts.Select(part => part.Text)),
            _ => null,
        };
}
