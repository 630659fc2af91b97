using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>The spellings of a name: <c>BaseModel</c> in .NET, <c>baseModel</c> in JSON, <c>base_model</c> in masks and filters.</summary>
internal static class WireName
{
    /// <summary><c>baseModel</c> or <c>BaseModel</c> → <c>base_model</c>.</summary>
    public static string ToSnakeCase(string name) => Regex.Replace(name, "(?<!^)[A-Z]", "_$0").ToLowerInvariant();

    /// <summary><c>baseModel</c> → <c>BaseModel</c>.</summary>
    public static string ToPascalCase(string camelCase) => char.ToUpperInvariant(camelCase[0]) + camelCase.Substring(1);
}

/// <summary>The service's spelling of the values of an enum: <c>ReQueueing</c> with the prefix <c>JOB_STATE_</c> is <c>JOB_STATE_RE_QUEUEING</c>.</summary>
internal sealed class WireEnum<T>
    where T : struct, Enum
{
    private readonly string _prefix;
    private readonly T _unrecognized;
    private readonly Dictionary<string, T> _byWireName;

    public WireEnum(string prefix, T unrecognized)
    {
        _prefix = prefix;
        _unrecognized = unrecognized;
        _byWireName = Values.Where(value => !value.Equals(unrecognized)).ToDictionary(ToWire);
    }

    /// <summary>Every value, including the one for unrecognized names.</summary>
    public IReadOnlyList<T> Values { get; } = (T[])typeof(T).GetEnumValues();

    /// <summary>The value of a name. Null without a name; <c>Unrecognized</c> for a name that the enum does not have.</summary>
    public T? Parse(string? wireName) =>
        string.IsNullOrEmpty(wireName) ? null
        : _byWireName.TryGetValue(wireName!, out var value) ? value
        : _unrecognized;

    /// <summary>The service's spelling of a value other than <c>Unrecognized</c>, for example <c>JOB_STATE_RE_QUEUEING</c>.</summary>
    public string ToWire(T value) => _prefix + WireName.ToSnakeCase(value.ToString()).ToUpperInvariant();

    /// <summary>
    /// The text of a value that is being set. Null for null. <c>Unrecognized</c> is accepted when the current text is
    /// unrecognized, and keeps it.
    /// </summary>
    /// <exception cref="ArgumentException">The value is <c>Unrecognized</c> or undefined.</exception>
    public string? TextOf(T? value, string? currentText) =>
        value is not { } known ? null
        : known.Equals(_unrecognized) && known.Equals(Parse(currentText)) ? currentText
        : !known.Equals(_unrecognized) && Values.Contains(known) ? ToWire(known)
        : throw new ArgumentException(
            $"{known} has no spelling on the service. Set StateText or CodeText instead.",
            nameof(value)
        );
}
