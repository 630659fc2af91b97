using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>Measures text in columns of a terminal.</summary>
internal static class DisplayWidth
{
    // East Asian wide and full-width characters, and emoji.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115f),
        (0x2e80, 0x303e),
        (0x3041, 0xa4cf),
        (0xa960, 0xa97c),
        (0xac00, 0xd7a3),
        (0xf900, 0xfaff),
        (0xfe10, 0xfe19),
        (0xfe30, 0xfe6f),
        (0xff01, 0xff60),
        (0xffe0, 0xffe6),
        (0x1f300, 0x1f64f),
        (0x1f680, 0x1f6ff),
        (0x1f900, 0x1faff),
        (0x20000, 0x3fffd),
    ];

    /// <summary>The number of columns: two for a wide character, none for a combining or invisible one.</summary>
    public static int Of(string text)
    {
        var columns = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            var isPair = char.IsSurrogatePair(text, i);
            var character = isPair ? char.ConvertToUtf32(text, i) : text[i];
            columns +=
                category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
                    ? 0
                : Wide.Any(range => character >= range.First && character <= range.Last) ? 2
                : 1;
            i += isPair ? 1 : 0;
        }
        return columns;
    }
}
