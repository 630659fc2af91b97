namespace Fireworks.DpoJobs;

/// <summary>
/// Parses the files of firectl: <c>name = value</c> or <c>name : value</c>, with or without a section header, quotes, and
/// comments with <c>#</c> and <c>;</c>. Accepts every spelling that other readers of these files accept.
/// </summary>
internal static class IniFile
{
    private static readonly string[] Sections = ["", "default", "fireworks"];

    /// <summary>Parses the values outside of sections and in the sections <c>default</c> and <c>fireworks</c>.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="path">The path of the file, for error messages.</param>
    /// <returns>Values by name, in lower case with underscores. The first value of a name wins.</returns>
    /// <exception cref="FwConfigurationException">A line is malformed. The message has its number but not its content.</exception>
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
            var sign = line.IndexOfAny(['=', ':']);
            if (sign < 1)
            {
                throw new FwConfigurationException($"Line {number} of {path} does not have the form 'name = value'.");
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
                : throw new FwConfigurationException($"Line {number} of {path} has no closing quote.");
        }
        // A comment after a value begins with a space or a tab, because a key may contain # and ;.
        var comment = value.IndexOfAny(['#', ';']);
        return comment > 0 && value[comment - 1] is ' ' or '\t' ? value.Substring(0, comment).TrimEnd()
            : comment == 0 ? ""
            : value;
    }
}
