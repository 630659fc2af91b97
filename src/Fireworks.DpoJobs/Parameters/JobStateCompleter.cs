using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Completes states, each with what it means.</summary>
public sealed class JobStateCompleter : IArgumentCompleter
{
    /// <summary>The states that fit the word that is being typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The word, in either spelling.</param>
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
        var typed = (wordToComplete ?? "").Trim('\'', '"');
        return JobStates
            .Named.Where(state => Begins(state.ToString(), typed) || Begins(JobStates.ToWire(state), typed))
            .Select(state => new CompletionResult(
                state.ToString(),
                state.ToString(),
                CompletionResultType.ParameterValue,
                JobStates.Describe(state)
            ));
    }

    private static bool Begins(string name, string typed) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
