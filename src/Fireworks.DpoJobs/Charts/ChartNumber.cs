namespace Fireworks.DpoJobs;

/// <summary>Formats measured values.</summary>
internal static class ChartNumber
{
    /// <summary>A value with four significant digits: <c>0.6931</c>, <c>12,345</c>, <c>3.214e-6</c>.</summary>
    public static string Format(double value, IFormatProvider culture)
    {
        var size = Math.Abs(value);
        return value == 0 ? "0"
            : size is >= 1000 and < 1e9 ? value.ToString("#,0", culture)
            : size is >= 1e-3 and < 1000
                ? value.ToString(
                    size < 1 ? "0.####"
                        : size < 10 ? "0.###"
                        : "0.##",
                    culture
                )
            : value.ToString("0.###e+0", culture);
    }
}
