using System.Collections;
using System.ComponentModel;
using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>
/// Formats a part of a job, such as its training settings, as an indented outline of the properties that are set. It uses
/// reflection, so new properties appear by themselves. Secrets appear as placeholders.
/// </summary>
/// <remarks>Public only because format.ps1xml calls it; not part of the module's API.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewOutline
{
    /// <summary>Formats a part of a job.</summary>
    /// <param name="part">The part; also a deserialized one, which has only its string form. Null for none.</param>
    /// <returns>Lines of <c>Name: value</c>, or <c>(nothing set)</c>; null for null.</returns>
    public static string? Format(object? part)
    {
        if (part is null)
        {
            return null;
        }
        var text = part is ApiObject known
            ? string.Join("\n", Lines(known, "").Select(line => $"{line.Name}: {line.Value}".TrimEnd()))
            : ViewFormatter.FormatText(part.ToString())!;
        return text.Length == 0 ? "(nothing set)" : text;
    }

    /// <summary>Formats the unknown fields of a job.</summary>
    /// <param name="fields">The AdditionalData of a job. Null for none.</param>
    /// <returns>Lines of <c>name: value</c>; null when there are no unknown fields.</returns>
    public static string? FormatAdditionalData(IDictionary? fields) =>
        fields is { Count: > 0 }
            ? string.Join(
                "\n",
                fields.Keys.Cast<string>().Select(key => $"{ViewFormatter.FormatText(key)}: {Value(fields[key])}")
            )
            : null;

    private static IEnumerable<(string Name, string Value)> Lines(ApiObject part, string indent)
    {
        foreach (var (name, value) in part.ReadProperties())
        {
            if (value is ApiObject inner)
            {
                var lines = Lines(inner, indent + "  ").ToList();
                // A constant schedule has no settings; its presence is the information.
                if (lines.Count > 0 || inner is ConstantSchedule)
                {
                    yield return (indent + name, "");
                }
                foreach (var line in lines)
                {
                    yield return line;
                }
            }
            else if (value is string paragraph && paragraph.Split('\n') is { Length: > 1 } paragraphLines)
            {
                var margin = "\n" + indent + "  ";
                yield return (
                    indent + name,
                    margin + string.Join(margin, paragraphLines.Select(ViewFormatter.FormatLines))
                );
            }
            else if (Value(value) is { Length: > 0 } text && !ApiObject.IsUnspecified(text))
            {
                yield return (indent + name, text);
            }
        }
        foreach (var pair in part.AdditionalData)
        {
            if (Value(pair.Value) is { Length: > 0 } text)
            {
                yield return (indent + ViewFormatter.FormatText(pair.Key), text);
            }
        }
    }

    private static string? Value(object? value) =>
        value switch
        {
            null => null,
            SecretText => ViewFormatter.FormatSecret(value),
            string text => ViewFormatter.FormatText(text),
            IDictionary fields => "{ "
                + string.Join(
                    ", ",
                    fields.Keys.Cast<string>().Select(key => $"{ViewFormatter.FormatText(key)}: {Value(fields[key])}")
                )
                + " }",
            IEnumerable<RpcStatusDetail> details => string.Join(
                ", ",
                details.Select(detail => ViewFormatter.FormatText(detail?.ToString()))
            ),
            IReadOnlyCollection<ApiObject> parts => parts.Count.ToString(CultureInfo.CurrentCulture),
            IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Value)),
            IFormattable number => number.ToString(null, CultureInfo.CurrentCulture),
            _ => value.ToString(),
        };
}
