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
/// <param name="prefix">The prefix of all names.</param>
/// <param name="unrecognized">The value of unknown names.</param>
/// <param name="parse">The value of a name. Null without a name.</param>
internal sealed class WireEnum<T>(string prefix, T unrecognized, Func<string?, T?> parse)
    where T : struct, Enum
{
    /// <summary>Every value, including the one for unrecognized names.</summary>
    public IReadOnlyList<T> Values { get; } = (T[])typeof(T).GetEnumValues();

    /// <summary>The service's spelling of a value other than <c>Unrecognized</c>, for example <c>JOB_STATE_RE_QUEUEING</c>.</summary>
    public string ToWire(T value) => prefix + WireName.ToSnakeCase(value.ToString()).ToUpperInvariant();

    /// <summary>
    /// The text of a value that is being set. Null for null. <c>Unrecognized</c> is accepted when the current text is
    /// unrecognized, and keeps it.
    /// </summary>
    /// <exception cref="ArgumentException">The value is <c>Unrecognized</c> or undefined.</exception>
    public string? TextOf(T? value, string? currentText) =>
        value is not { } known ? null
        : known.Equals(unrecognized) && known.Equals(parse(currentText)) ? currentText
        : !known.Equals(unrecognized) && Values.Contains(known) ? ToWire(known)
        : throw new ArgumentException(
            $"{known} has no spelling on the service. Set StateText or CodeText instead.",
            nameof(value)
        );
}
