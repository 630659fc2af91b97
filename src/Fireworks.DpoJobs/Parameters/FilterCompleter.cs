using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Completes the text of an AIP-160 filter: fields where one can begin, the states behind <c>state =</c>, and true and false
/// behind a field that is one or the other.
/// </summary>
public sealed class FilterCompleter : IArgumentCompleter
{
    private const int LongestLookedAt = 300;

    // What comes before a field: the beginning, a parenthesis, or a keyword.
    private static readonly Regex Field = new(
        @"(^|[\s(-])(?<typed>[A-Za-z_][\w.]*)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    );

    private static readonly Regex Value = new(
        @"(?<![\w.])(?<field>[A-Za-z_][\w.]*)\s*(<=|>=|!=|=|<|>|:)\s*(\((\w+\s+OR\s+)*)?(?<typed>\w*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    );

    private static readonly Regex Complete = new(
        @"[^\s(]+\s*(<=|>=|!=|=|<|>|:)\s*\S+\s+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    );

    /// <summary>What fits the end of the filter that is being typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The filter so far, with its opening quote if it has one.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">Parameters given so far.</param>
    /// <returns>Completions; none touches the network.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var word = wordToComplete ?? "";
        // The engine closes a quote that is still open.
        var quote = word.Length > 0 && word[0] is '\'' or '"' ? word.Substring(0, 1) : "'";
        var filter = word.StartsWith(quote, StringComparison.Ordinal) ? word.Substring(1) : word;
        filter = filter.EndsWith(quote, StringComparison.Ordinal) ? filter.Remove(filter.Length - 1) : filter;

        // More than that says nothing of what is being typed, and nobody waits for Tab.
        var end = filter.Length > LongestLookedAt ? filter.Substring(filter.Length - LongestLookedAt) : filter;
        var (typed, offers) =
            Value.Match(end) is { Success: true } value
                ? (value.Groups["typed"].Value, Values(value.Groups["field"].Value))
            : Complete.IsMatch(end) ? ("", Connectives)
            : Field.Match(end) is { Success: true } field ? (field.Groups["typed"].Value, Fields)
            : ("", []);
        var before = filter.Substring(0, filter.Length - typed.Length);
        return offers
            .Where(offer => offer.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(offer => new CompletionResult(
                quote + before + offer.Text + quote,
                offer.Text,
                CompletionResultType.ParameterValue,
                offer.Meaning
            ));
    }

    private static IEnumerable<(string Text, string Meaning)> Connectives =>
        [("AND ", "both must hold"), ("OR ", "one must hold; binds tighter than AND")];

    private static IEnumerable<(string Text, string Meaning)> Fields =>
        JobFields
            .All.Where(known => !known.IsComputed && known.Type != typeof(SecretText))
            .Where(known => !typeof(ApiObject).IsAssignableFrom(known.Type))
            .Select(known => (known.WirePaths[0], known.PropertyPath));

    private static IEnumerable<(string Text, string Meaning)> Values(string field) =>
        field == "state" ? JobStates.Named.Select(state => (JobStates.ToWire(state), JobStates.Describe(state)))
        : JobFields.All.Any(known => known.WirePaths[0] == field && known.Type == typeof(bool?))
            ? [("true", field), ("false", field)]
        : [];
}
