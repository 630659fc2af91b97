using System.Collections.Concurrent;

namespace Fireworks.DpoJobs;

/// <summary>
/// The generated filters that a service accepts for one account, as far as listings have found out. Shared by all listings of
/// the process, so that each finding costs requests and a warning only once.
/// </summary>
internal sealed class FilterSupport
{
    /// <summary>The greatest value of <see cref="Doubt"/>.</summary>
    public const int MaxDoubt = 2;

    private static readonly ConcurrentDictionary<string, FilterSupport> Known = new();

    private readonly ConcurrentDictionary<string, bool> _unsupported = new();
    private readonly ConcurrentDictionary<string, bool> _verified = new();
    private readonly ConcurrentDictionary<string, bool> _understood = new();
    private bool _isUnsupported;

    /// <summary>Whether enum values must be quoted. Null when unknown.</summary>
    public bool? QuotesEnums { get; set; }

    /// <summary>The findings about a service and an account.</summary>
    public static FilterSupport Of(Uri baseUri, string accountId) =>
        Known.GetOrAdd($"{baseUri} {accountId}", _ => new FilterSupport());

    /// <summary>How likely it is that a service rejects a condition, from 0, because it is in the service's documentation.</summary>
    public static int Doubt(FilterNode condition) =>
        FilterBuilder
            .FindRestrictions(condition)
            .Select(restriction =>
                KeyOf(restriction) switch
                {
                    "create_time" => 0,
                    "state" => 1,
                    _ => MaxDoubt,
                }
            )
            .DefaultIfEmpty(MaxDoubt)
            .Max();

    /// <summary>The same filter without the conditions that are not supported, and with enum values as the service spells them.</summary>
    public ListFilter Apply(ListFilter filter)
    {
        var supported = filter.Keep(condition => !_isUnsupported && !KeysOf(condition).Any(_unsupported.ContainsKey));
        return QuotesEnums == true ? supported.QuoteEnums() : supported;
    }

    /// <summary>Remembers that the service does not support some conditions, although it supports others.</summary>
    public void Exclude(IEnumerable<FilterNode> conditions, IEnumerable<FilterNode> supported)
    {
        foreach (var key in conditions.SelectMany(KeysOf).Except(supported.SelectMany(KeysOf)))
        {
            _unsupported[key] = true;
        }
    }

    /// <summary>Remembers that the service does not support generated filters.</summary>
    public void ExcludeAll() => _isUnsupported = true;

    /// <summary>Whether the service is known to understand the fields of some conditions.</summary>
    public bool IsVerified(IEnumerable<FilterNode> conditions) =>
        conditions.SelectMany(PathsOf).All(_verified.ContainsKey);

    /// <summary>Whether a condition has a field that was tested, but is not understood.</summary>
    public bool IsRefuted(FilterNode condition, IEnumerable<FilterNode> tested) =>
        PathsOf(condition).Except(_verified.Keys).Intersect(tested.SelectMany(PathsOf)).Any();

    /// <summary>Remembers that the service understands the fields of some conditions.</summary>
    public void Verify(IEnumerable<FilterNode> conditions)
    {
        foreach (var path in conditions.SelectMany(PathsOf))
        {
            _verified[path] = true;
        }
    }

    /// <summary>
    /// Whether the service understands comparisons in users' filters of a form (<see cref="JobProbe.FormOf"/>). Null when unknown.
    /// </summary>
    public bool? IsUnderstood(string form) => _understood.TryGetValue(form, out var result) ? result : null;

    /// <summary>Remembers whether the service understands a form.</summary>
    public void SetUnderstood(string form, bool isUnderstood) => _understood[form] = isUnderstood;

    /// <summary>A user's comparison in the other spelling, if the service understands only that one. Otherwise null.</summary>
    public FilterRestriction? FindUnderstoodSpelling(FilterRestriction comparison) =>
        JobProbe.Respell(comparison) is { } other && IsUnderstood(JobProbe.FormOf(other)!) == true ? other : null;

    private static IEnumerable<string> PathsOf(FilterNode condition) =>
        FilterBuilder.FindRestrictions(condition).Select(FilterEvaluator.PathOf).OfType<string>();

    private static IEnumerable<string> KeysOf(FilterNode condition) =>
        FilterBuilder.FindRestrictions(condition).Select(KeyOf);

    // The field, because a service that does not support a condition is unlikely to support another on the same field. Only
    // states that are unknown or newer than the reference are remembered by name.
    private static string KeyOf(FilterRestriction restriction)
    {
        var path = FilterEvaluator.PathOf(restriction) ?? "";
        return
            path == "state"
            && restriction.Argument is FilterMember { Parts: { Count: 1 } parts }
            && (
                JobStates.Parse(parts[0].Text) is not { } state
                || state == JobState.Unrecognized
                || JobStates.IsNewerThanReference(state)
            )
            ? $"state={parts[0].Text}"
            : path;
    }
}
