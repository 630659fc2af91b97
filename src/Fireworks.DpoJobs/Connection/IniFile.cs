using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs;

/// <summary>
/// The files of the official command line: <c>name = value</c>, with or without a section header, quotes, and comments
/// with <c>#</c> and <c>;</c>. All spellings that its readers in the wild accept are taken.
/// </summary>
internal static class IniFile
{
    private static readonly string[] Sections = ["", "default", "fireworks"];

    /// <summary>Reads the values outside sections and in the sections <c>default</c> and <c>fireworks</c>.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="path">The file, for the error.</param>
    /// <returns>Values by name; names are lower case, with underscores. The first of several values stays.</returns>
    /// <exception cref="FwConfigurationException">A line is none of these; the text names the line and shows nothing of it.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text, string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var section = "";
        var number = 0;
        foreach (var line in text.TrimStart('\ufeff').Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }
            if (line[0] == '[' && line[line.Length - 1] == ']')
            {
                section = line.Trim('[', ']', ' ', '\t').ToLowerInvariant();
                continue;
            }
            var sign = line.IndexOf('=');
            if (sign < 1)
            {
                throw new FwConfigurationException($"Line {number} of {path} is not of the form 'name = value'.");
            }
            var name = line.Substring(0, sign).Trim().ToLowerInvariant().Replace('-', '_');
            if (Sections.Contains(section) && !values.ContainsKey(name))
            {
                values[name] = Unquote(line.Substring(sign + 1).Trim(), number, path);
            }
        }
        return values;
    }

    private static string Unquote(string value, int number, string path)
    {
        if (value.Length > 0 && value[0] is '"' or '\'')
        {
            var end = value.IndexOf(value[0], 1);
            return end > 0
                ? value.Substring(1, end - 1)
                : throw new FwConfigurationException(
                    $"Line {number} of {path} has an opening quote and no closing one."
                );
        }
        // A comment after a value begins with a blank: a key may hold any other character.
        var comment = value.IndexOfAny(['#', ';']);
        return comment > 0 && value[comment - 1] is ' ' or '\t' ? value.Substring(0, comment).TrimEnd()
            : comment == 0 ? ""
            : value;
    }
}
