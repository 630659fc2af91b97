using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>
/// Generates the ID of a job that the user does not name, so that a lost response can be resolved: only with a known ID can the
/// module find out whether the job was created.
/// </summary>
internal static class JobIdGenerator
{
    private const int MaxLength = 63;
    private const int SuffixLength = 8;
    private const string Characters = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Generates an ID such as <c>shorter-summaries-k3x9q2ma</c>.</summary>
    /// <param name="names">Names that describe the job. The first one that has a letter or a digit of ASCII is used.</param>
    public static string Generate(params string?[] names)
    {
        var words = names.Select(ToWords).FirstOrDefault(text => text.Length > 0) ?? "dpo";
        return $"{words}-{CreateSuffix()}";
    }

    // Letters lose their accents; everything else that an ID cannot contain becomes a hyphen.
    private static string ToWords(string? name)
    {
        var text = new StringBuilder();
        foreach (var character in (name ?? "").Normalize(NormalizationForm.FormD))
        {
            var lower = char.ToLowerInvariant(character);
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                text.Append(lower);
            }
            else if (
                CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark
                && text.Length > 0
                && text[text.Length - 1] != '-'
            )
            {
                text.Append('-');
            }
        }
        text.Length = Math.Min(text.Length, MaxLength - SuffixLength - 1);
        return text.ToString().TrimEnd('-');
    }

    private static string CreateSuffix()
    {
        var bytes = new byte[SuffixLength];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        // Slightly uneven, which does not matter for uniqueness.
        return new string([.. bytes.Select(value => Characters[value % Characters.Length])]);
    }
}
