using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Completes an AIP-160 filter: fields where a condition can start, values after the comparator of an enum or boolean field,
/// AND and OR after a condition.
/// </summary>
internal sealed class FilterCompleter : Completer
{
    private const int MaxInspectedLength = 300;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Follows the start of the filter, a space, a parenthesis or a minus sign.
    private static readonly Regex Field = new(@"(^|[\s(-])(?<typed>[A-Za-z_][\w.]*)?$", Options);

    private static readonly Regex Value = new(
        @"(?<![\w.])(?<field>[A-Za-z_][\w.]*)\s*(<=|>=|!=|=|<|>|:)\s*(\((\w+\s+OR\s+)*)?(?<typed>\w*)$",
        Options
    );

    private static readonly Regex CompleteCondition = new(@"[^\s(]+\s*(<=|>=|!=|=|<|>|:)\s*\S+\s+$", Options);

    private static readonly (string Text, string ToolTip)[] Connectives =
    [
        ("AND ", "Both conditions must match."),
        ("OR ", "One of the conditions must match. OR binds tighter than AND."),
    ];

    protected override IEnumerable<Completion> Complete(string typed)
    {
        // The last characters are enough to complete, and keep the completer fast.
        var end = typed.Length > MaxInspectedLength ? typed.Substring(typed.Length - MaxInspectedLength) : typed;
        var (word, candidates) =
            Value.Match(end) is { Success: true } value
                ? (value.Groups["typed"].Value, ValuesOf(value.Groups["field"].Value))
            : CompleteCondition.IsMatch(end) ? ("", Connectives)
            : Field.Match(end) is { Success: true } field ? (field.Groups["typed"].Value, AllFields())
            : ("", []);
        var previous = typed.Substring(0, typed.Length - word.Length);
        return candidates
            .Where(candidate => StartsWith(candidate.Text, word))
            .Select(candidate => new Completion(previous + candidate.Text, candidate.Text, candidate.ToolTip));
    }

    protected override string ChooseQuote(string typedQuote, string text) => typedQuote.Length > 0 ? typedQuote : "'";

    private static IEnumerable<(string Text, string ToolTip)> AllFields() =>
        JobFields
            .All.Where(field => !field.IsComputed && field.Type != typeof(SecretText))
            .Where(field => !field.Type.GenericTypeArguments.Append(field.Type).Any(typeof(ApiObject).IsAssignableFrom))
            .Select(field => (field.WirePaths[0], field.PropertyPath));

    private static IEnumerable<(string Text, string ToolTip)> ValuesOf(string wirePath) =>
        wirePath == "state" ? JobStates.Named.Select(state => (JobStates.ToWire(state), JobStates.Describe(state)))
        : JobFields.All.Any(field => field.WirePaths[0] == wirePath && field.Type == typeof(bool?))
            ? [("true", wirePath), ("false", wirePath)]
        : [];
}
