using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Completes field names, level by level: <c>Tr</c> → <c>TrainingConfig</c>, <c>TrainingConfig.</c> → its parts.</summary>
public abstract class FieldCompleter : IArgumentCompleter
{
    /// <summary>What fits the word that is being typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The word, with its opening quote if it has one.</param>
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
        var quote = word.Length > 0 && word[0] is '\'' or '"' ? word.Substring(0, 1) : "";
        word = word.Trim('\'', '"');

        // Inside one quoted list, the part behind the last comma is being typed.
        var start = word.LastIndexOf(',') + 1;
        var before = word.Substring(0, start);
        var typed = word.Substring(start).TrimStart();

        foreach (var field in JobFields.All.Where(field => IsOffered(field) && Fits(field.PropertyPath, typed)))
        {
            foreach (var text in Forms(field.PropertyPath))
            {
                var whole = before + text;
                var mark =
                    quote.Length > 0 ? quote
                    : text.EndsWith(" desc", StringComparison.Ordinal) ? "'"
                    : "";
                yield return new CompletionResult(
                    mark + whole + mark,
                    text,
                    CompletionResultType.ParameterValue,
                    $"{text} ({string.Join(", ", field.WirePaths)}, {TypeName(field.Type)})"
                );
            }
        }
    }

    /// <summary>Whether a field makes sense for the parameter.</summary>
    private protected abstract bool IsOffered(JobField field);

    /// <summary>The texts that a field is offered as.</summary>
    private protected abstract IEnumerable<string> Forms(string propertyPath);

    private static bool Fits(string path, string typed)
    {
        var wanted = Normalize(typed);
        var depth = typed.Count(character => character == '.');
        var isSameLevel = path.Count(character => character == '.') == depth;
        if (isSameLevel && Normalize(path).StartsWith(wanted, StringComparison.Ordinal))
        {
            return true;
        }
        // A part's own name finds it too: BaseM → TrainingConfig.BaseModel.
        return depth == 0
            && wanted.Length > 0
            && Normalize(path.Substring(path.LastIndexOf('.') + 1)).StartsWith(wanted, StringComparison.Ordinal);
    }

    private static string Normalize(string name) => name.Replace("_", "").ToUpperInvariant();

    private static string TypeName(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name;
}
