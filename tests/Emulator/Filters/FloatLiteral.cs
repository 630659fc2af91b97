using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A number with a fraction or an exponent: <c>2.5</c>, <c>5e-5</c>.</summary>
internal static partial class FloatLiteral
{
    /// <returns>True for any number; one that a decimal cannot hold becomes the largest it can.</returns>
    public static bool TryParse(string text, out decimal number)
    {
        number = 0;
        if (!Number().IsMatch(text))
        {
            return false;
        }

        var rough = double.Parse(text, CultureInfo.InvariantCulture);
        number =
            Math.Abs(rough) >= (double)decimal.MaxValue ? (rough > 0 ? decimal.MaxValue : decimal.MinValue)
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact
            : 0;
        return true;
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
