using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>
/// A value without a field: a word to look for in the texts that a person reads in a list of jobs, upper and lower case
/// alike. With a <c>*</c> it must be all of a text, as behind =.
/// </summary>
/// <remarks>AIP-160 lets a service choose these fields; which ones the real one looks at is not documented.</remarks>
internal sealed class TextSearch : Condition<Job>
{
    private static readonly FieldPath[] Fields =
    [
        .. new[]
        {
            "display_name",
            "created_by",
            "state",
            "status.message",
            "name",
            "dataset",
            "training_config.base_model",
            "training_config.output_model",
            "training_config.warm_start_from",
        }.Select(path => FieldPath.Find(Account.JobFields.InList, path)!),
    ];

    private readonly TextPattern _pattern;

    public TextSearch(string word)
    {
        var pattern = word.Contains(TextPattern.Wildcard, StringComparison.Ordinal)
            ? word
            : TextPattern.Wildcard + word + TextPattern.Wildcard;
        _pattern = new TextPattern(pattern, StringComparison.OrdinalIgnoreCase);
    }

    public override bool Matches(Job subject)
    {
        foreach (var field in Fields)
        {
            if (field.Read(subject).Text is { } text && _pattern.Matches(text))
            {
                return true;
            }
        }

        return false;
    }
}
