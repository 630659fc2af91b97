using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>
/// A part of a job (its training, its loss …) as an indented outline of what is set. Read from the properties, so that a
/// new one shows up by itself; secrets show as placeholders.
/// </summary>
public static class Outline
{
    private const string Unset = "_UNSPECIFIED";

    /// <summary>The outline of a part.</summary>
    /// <param name="part">A part of a job. Null for none.</param>
    /// <returns>Lines of <c>Name: value</c>, or words that say that nothing is set; null without a part.</returns>
    public static string? Of(ApiObject? part)
    {
        if (part is null)
        {
            return null;
        }
        var text = string.Join("\n", Lines(part, "").Select(line => $"{line.Name}: {line.Value}".TrimEnd()));
        return text.Length == 0 ? "(nothing set)" : text;
    }

    /// <summary>Fields that this version does not know, as an outline.</summary>
    /// <param name="part">A job or a part of one. Null for none.</param>
    /// <returns>Lines of <c>name: value</c>; null when there is nothing unknown.</returns>
    public static string? OfAdditionalData(ApiObject? part) =>
        part is { AdditionalData.Count: > 0 }
            ? string.Join(
                "\n",
                part.AdditionalData.Select(pair => $"{DisplayText.Text(pair.Key)}: {Value(pair.Value)}")
            )
            : null;

    /// <summary>A secret's stand-in.</summary>
    /// <param name="secret">A secret. Null for none.</param>
    /// <returns>The same text for every secret; null for none.</returns>
    public static string? Secret(object? secret) => secret is null ? null : "(secret)";

    private static IEnumerable<(string Name, string Value)> Lines(ApiObject part, string indent)
    {
        var properties = part.GetType()
            .GetProperties()
            .Where(property => property.GetCustomAttribute<ComputedFromAttribute>() is null)
            .Where(property => property.DeclaringType != typeof(ApiObject));

        foreach (var property in properties)
        {
            var value =
                part is RpcStatus status && property.Name == nameof(RpcStatus.Code)
                    ? status.CodeText
                    : property.GetValue(part);
            if (value is ApiObject inner)
            {
                var lines = Lines(inner, indent + "  ").ToList();
                // A constant schedule has no settings: that it is there says all.
                if (lines.Count > 0 || inner is ConstantSchedule)
                {
                    yield return (indent + property.Name, "");
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
                    indent + property.Name,
                    margin + string.Join(margin, paragraphLines.Select(DisplayText.Lines))
                );
            }
            else if (Value(value) is { Length: > 0 } text && !text.EndsWith(Unset, StringComparison.Ordinal))
            {
                yield return (indent + property.Name, text);
            }
        }
        foreach (var pair in part.AdditionalData)
        {
            if (Value(pair.Value) is { Length: > 0 } text)
            {
                yield return (indent + DisplayText.Text(pair.Key), text);
            }
        }
    }

    private static string? Value(object? value) =>
        value switch
        {
            null => null,
            SecretText => Secret(value),
            string text => DisplayText.Text(text),
            IDictionary fields => "{ "
                + string.Join(
                    ", ",
                    fields.Keys.Cast<string>().Select(key => $"{DisplayText.Text(key)}: {Value(fields[key])}")
                )
                + " }",
            IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Value)),
            IFormattable number => number.ToString(null, CultureInfo.CurrentCulture),
            _ => value.ToString(),
        };
}
