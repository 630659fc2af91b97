using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Translates comparisons, by the type of their property.</summary>
internal static class ComparisonTranslator
{
    /// <summary>Translates a comparison. Null for <paramref name="accountId"/> when the account of the jobs is unknown.</summary>
    public static ComparisonTranslation Translate(Comparison comparison, string? accountId)
    {
        var isTruthTest = comparison is { Test: not null, PatternOperator: null };
        if (isTruthTest && JobFields.FindProperty(comparison.Property)?.Type != typeof(bool?))
        {
            return ComparisonTranslation.TestsForNull;
        }
        if (JobFields.FindProperty(comparison.Property) is not { } field)
        {
            return ComparisonTranslation.Local($"{comparison.Property} is not a field of the service");
        }
        if (JobProperty.IsRedefined(field.PropertyPath))
        {
            return ComparisonTranslation.Local($"{field.PropertyPath} is redefined by Update-TypeData");
        }
        if (comparison.Values.Count == 0 || comparison.Values.Any(value => value is null))
        {
            return ComparisonTranslation.TestsForNull;
        }
        if (comparison.PatternOperator is { } pattern && !HasFewValues(field))
        {
            return ComparisonTranslation.Local($"{pattern} has no exact equivalent on the service");
        }
        try
        {
            return Translate(comparison, field, accountId);
        }
        catch (Exception exception) when (IsIncomparable(exception))
        {
            return ComparisonTranslation.Local("PowerShell cannot compare the values");
        }
    }

    /// <summary>
    /// Whether a comparison is false for a job whose property is not set. PowerShell sees <c>$null</c> there, or the default of
    /// the type if the service sends it. Strings that the service sends empty are <c>$null</c>.
    /// </summary>
    public static bool ExcludesUnset(Comparison comparison)
    {
        if (JobProperty.TypeOf(comparison.Property) is not { } type)
        {
            return false;
        }
        var item = Nullable.GetUnderlyingType(type) ?? type;
        var hasDefault = item.IsPrimitive || item.IsEnum;
        try
        {
            return !comparison.Matches(null) && !(hasDefault && comparison.Matches(Activator.CreateInstance(item)));
        }
        catch (Exception exception) when (IsIncomparable(exception))
        {
            return false;
        }
    }

    // Properties whose values are all known.
    private static bool HasFewValues(JobField field) =>
        field.PropertyPath is nameof(DpoJob.State) or nameof(DpoJob.StateText) or "Status.Code";

    private static bool IsIncomparable(Exception exception) =>
        exception is ArgumentException or InvalidCastException or ArithmeticException or RuntimeException;

    private static ComparisonTranslation Translate(Comparison comparison, JobField field, string? accountId) =>
        field.PropertyPath switch
        {
            nameof(DpoJob.Id) when accountId is not null => TextComparison.TranslateId(comparison, accountId),
            nameof(DpoJob.State) => EnumComparison.TranslateState(comparison, state => state),
            nameof(DpoJob.IsFinished) => EnumComparison.TranslateState(
                comparison,
                state => JobStates.IsFinished(state)
            ),
            nameof(DpoJob.StateText) => EnumComparison.TranslateStateText(comparison),
            "Status.Code" => EnumComparison.TranslateCode(comparison),
            _ when field.IsComputed => ComparisonTranslation.Local($"{field.PropertyPath} is computed locally"),
            _ when field.Type == typeof(bool?) => NumberComparison.TranslateBoolean(comparison, field),
            _ when field.Type == typeof(int?) => NumberComparison.TranslateInt32(comparison, field),
            _ when field.Type == typeof(double?) => NumberComparison.TranslateDouble(comparison, field),
            _ when field.Type == typeof(DateTimeOffset?) => TimeComparison.Translate(comparison, field),
            _ when field.Type == typeof(string) => TextComparison.Translate(comparison, field),
            _ => ComparisonTranslation.Local($"{field.PropertyPath} can only be compared locally"),
        };
}

/// <summary>A comparison as a filter, or the reason why it is evaluated locally.</summary>
/// <param name="Filter">A filter that every matching job matches. Null for a local condition.</param>
/// <param name="Reason">Why the condition is local. Empty when there is a filter.</param>
internal sealed record ComparisonTranslation(FilterNode? Filter, string Reason)
{
    /// <summary>A condition that depends on whether a property is set.</summary>
    public static readonly ComparisonTranslation TestsForNull = Local("whether a property is set is tested locally");

    /// <summary>A condition that the service might evaluate differently.</summary>
    public static readonly ComparisonTranslation NoExactEquivalent = Local("it has no exact equivalent on the service");

    public static ComparisonTranslation Local(string reason) => new(null, reason);

    /// <summary>A local condition that also matches jobs without the property.</summary>
    public static ComparisonTranslation MatchesUnset(Comparison comparison) =>
        Local($"it also matches jobs without {comparison.Property}");

    /// <summary>A filter; without one, a local condition for the reason.</summary>
    public static ComparisonTranslation PushDown(FilterNode? filter, string reason = "") =>
        new(filter, filter is null ? reason : "");
}
