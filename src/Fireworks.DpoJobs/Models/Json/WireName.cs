using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>The three casings of one name: <c>BaseModel</c> here, <c>baseModel</c> in JSON, <c>base_model</c> in masks and filters.</summary>
internal static class WireName
{
    /// <summary><c>baseModel</c> or <c>BaseModel</c> → <c>base_model</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var character in name)
        {
            if (character is >= 'A' and <= 'Z')
            {
                if (text.Length > 0)
                {
                    text.Append('_');
                }
                text.Append((char)(character | 0x20));
            }
            else
            {
                text.Append(character);
            }
        }
        return text.ToString();
    }

    /// <summary><c>baseModel</c> → <c>BaseModel</c>.</summary>
    public static string ToPascalCase(string camelCase) =>
        camelCase.Length == 0 ? "" : char.ToUpperInvariant(camelCase[0]) + camelCase.Substring(1);
}
