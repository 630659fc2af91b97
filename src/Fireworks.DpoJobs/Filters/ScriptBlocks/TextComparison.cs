using System;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>
/// Comparisons of text. Only names that the service keeps to plain characters are sent: of free text, PowerShell takes for
/// equal what differs in characters that are not seen (<c>"a`u{200b}" -ceq 'a'</c> is true).
/// </summary>
internal static class TextComparison
{
    // Resource names and an e-mail address.
    private static readonly string[] Names =
    [
        "name",
        "dataset",
        "created_by",
        "training_config.output_model",
        "training_config.base_model",
        "training_config.warm_start_from",
    ];

    // Enums of the service that are text here, since their sets are open: upper case, digits and underscores.
    private static readonly string[] Enums = ["training_config.region", "loss_config.method", "purpose"];

    private const string Unset = "UNSPECIFIED";

    /// <summary>Translates one.</summary>
    public static (FilterNode? Filter, string Reason) Translate(Comparison comparison, JobField field)
    {
        var path = field.WirePaths[0];
        var values = comparison.Values.OfType<string>().ToArray();
        if (values.Length != comparison.Values.Count)
        {
            return (null, "its value is not text");
        }
        if (Enums.Contains(path) && values.All(IsEnumName))
        {
            return Equal(comparison, path, value => FilterBuilder.Name(value.ToUpperInvariant()), values);
        }
        if (!Names.Contains(path))
        {
            return (null, $"{field.PropertyPath} may hold any characters, which PowerShell compares in its own way");
        }
        if (comparison.IgnoresCase)
        {
            return (null, "it ignores case, and the service does not; -ceq would be sent");
        }
        return values.All(IsPlain)
            ? Equal(comparison, path, FilterBuilder.String, values)
            : (null, "its value has characters that the service may read otherwise");
    }

    private static (FilterNode? Filter, string Reason) Equal(
        Comparison comparison,
        string path,
        Func<string, FilterArgument> write,
        string[] values
    )
    {
        if (UnsetField.Meets(comparison, ""))
        {
            return (null, UnsetField.Reason(comparison.Property));
        }
        return comparison.Effective == FilterComparator.Equal
            ? (
                FilterBuilder.Any(
                    values.Select(value => FilterBuilder.Compare(path, FilterComparator.Equal, write(value)))
                ),
                ""
            )
            : (null, "the order of text is not the same there");
    }

    private static bool IsEnumName(string text) =>
        text.All(character => IsLetterOrDigit(character) || character == '_')
        && !text.EndsWith(Unset, StringComparison.OrdinalIgnoreCase)
        && text.Length > 0;

    private static bool IsPlain(string text) =>
        text.All(character => character is > ' ' and < '\u007f' and not ('"' or '\'' or '\\'));

    private static bool IsLetterOrDigit(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
