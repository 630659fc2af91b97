using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Completes the profiles that the official command line keeps.</summary>
public sealed class ProfileCompleter : IArgumentCompleter
{
    /// <summary>The profiles that begin with the word that is being typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The word.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">Parameters given so far.</param>
    /// <returns>Completions; no file is opened.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var typed = (wordToComplete ?? "").Trim('\'', '"');
        return FirectlConfig
            .Profiles(FirectlConfig.HomeFolder)
            .Where(profile => profile.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(profile => new CompletionResult(
                profile[0] != '-' && profile.All(IsPlain)
                    ? profile
                    : $"'{CodeGeneration.EscapeSingleQuotedStringContent(profile)}'",
                ControlCharacters.MakeVisible(profile),
                CompletionResultType.ParameterValue,
                ControlCharacters.MakeVisible(profile)
            ));
    }

    private static bool IsPlain(char character) => char.IsLetterOrDigit(character) || character is '-' or '_' or '.';
}
