using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Base class of argument completers. Handles quotes. Completers never use the network.</summary>
internal abstract class Completer : IArgumentCompleter
{
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

    /// <summary>The completions of an argument. Neither has quotes.</summary>
    protected abstract IEnumerable<Completion> Complete(string typed);

    /// <summary>The quote to put around a completion. By default, the user's, or a single quote where one is necessary.</summary>
    protected virtual string ChooseQuote(string typedQuote, string text) =>
        typedQuote.Length > 0 ? typedQuote
        : IsBareword(text) ? ""
        : "'";

    /// <summary>Whether an argument needs no quotes.</summary>
    protected static bool IsBareword(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Whether a name starts with the typed text, in any case.</summary>
    protected static bool StartsWith(string name, string typed) =>
        name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole argument, without quotes, and how a list of completions shows and explains it.</summary>
    protected sealed record Completion(string Text, string ListItem, string ToolTip);
}

/// <summary>Completes job states, in the spelling of <see cref="JobState"/> or of the service.</summary>
internal sealed class JobStateCompleter : Completer
{
    protected override IEnumerable<Completion> Complete(string typed) =>
        JobStates
            .Named.Where(state => StartsWith(state.ToString(), typed) || StartsWith(JobStates.ToWire(state), typed))
            .Select(state => new Completion(state.ToString(), state.ToString(), JobStates.Describe(state)));
}

/// <summary>Completes the names of firectl's profiles. Lists a folder, but opens no file.</summary>
internal sealed class ProfileCompleter : Completer
{
    protected override IEnumerable<Completion> Complete(string typed) =>
        FirectlConfig
            .Profiles(FirectlConfig.HomeFolder)
            .Where(profile => StartsWith(profile, typed))
            .Select(profile => new Completion(
                CodeGeneration.EscapeSingleQuotedStringContent(profile),
                ControlCharacters.MakeVisible(profile),
                ControlCharacters.MakeVisible(profile)
            ));

    protected override string ChooseQuote(string typedQuote, string text) => IsBareword(text) ? "" : "'";
}
