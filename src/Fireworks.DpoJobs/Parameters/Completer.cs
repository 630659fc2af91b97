using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Base class of argument completers. Handles quotes. Completers never use the network.</summary>
internal abstract class Completer : IArgumentCompleter
{
    /// <summary>Completes an argument.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string? wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var word = wordToComplete ?? "";
        var typedQuote = word.Length > 0 && word[0] is '\'' or '"' ? word.Substring(0, 1) : "";
        var typed = word.Substring(typedQuote.Length);
        if (typedQuote.Length > 0 && typed.EndsWith(typedQuote, StringComparison.Ordinal))
        {
            typed = typed.Remove(typed.Length - 1);
        }
        return Complete(typed)
            .Select(completion =>
            {
                var quote = ChooseQuote(typedQuote, completion.Text);
                return new CompletionResult(
                    quote + completion.Text + quote,
                    completion.ListItem,
                    CompletionResultType.ParameterValue,
                    completion.ToolTip
                );
            });
    }

    /// <summary>The completions of an argument.</summary>
    /// <param name="typed">What the user typed, without quotes.</param>
    protected abstract IEnumerable<Completion> Complete(string typed);

    /// <summary>The quote to put around a completion. By default, the user's, or a single quote where one is necessary.</summary>
    /// <param name="typedQuote">The quote that the user typed. Empty for none.</param>
    /// <param name="text">The text of the completion.</param>
    protected virtual string ChooseQuote(string typedQuote, string text) =>
        typedQuote.Length > 0 ? typedQuote
        : IsBareword(text) ? ""
        : "'";

    /// <summary>Whether an argument needs no quotes.</summary>
    protected static bool IsBareword(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Whether a name starts with what the user typed, in any case.</summary>
    protected static bool StartsWith(string name, string typed) =>
        name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    /// <summary>A completion.</summary>
    /// <param name="Text">The whole argument, without quotes.</param>
    /// <param name="ListItem">The text in a list of completions.</param>
    /// <param name="ToolTip">An explanation.</param>
    protected sealed record Completion(string Text, string ListItem, string ToolTip);
}
