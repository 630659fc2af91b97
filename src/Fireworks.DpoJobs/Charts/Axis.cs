using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>An axis of a chart: a range, and ticks at round numbers.</summary>
internal sealed class Axis
{
    private readonly double _step;
    private readonly bool _isWhole;

    private Axis(double minimum, double maximum, double step, bool isWhole)
    {
        Minimum = minimum;
        Maximum = maximum;
        _step = step;
        _isWhole = isWhole;
        var first = Math.Ceiling((minimum / step) - 1e-6);
        var count = (int)Math.Floor(((maximum - minimum) / step) + 1e-6) + 1;
        Ticks =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => (first + i) * step)
                .Where(tick => tick <= maximum + (step * 1e-6)),
        ];
    }

    public double Minimum { get; }

    /// <summary>Greater than <see cref="Minimum"/>.</summary>
    public double Maximum { get; }

    /// <summary>The positions of the ticks, ascending.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis for measured values.</summary>
    /// <param name="minimum">The lowest value.</param>
    /// <param name="maximum">The highest value, which may be the same.</param>
    /// <param name="intervals">The number of intervals between ticks to aim at. At least 1.</param>
    public static Axis ForValues(double minimum, double maximum, int intervals)
    {
        // Nearly equal values differ only by rounding errors, which would look like a curve.
        if (maximum - minimum <= Math.Abs(maximum) * 1e-9)
        {
            var half = maximum == 0 ? 1 : Math.Abs(maximum) / 10;
            (minimum, maximum) = (minimum - half, maximum + half);
        }
        var axis = new Axis(minimum, maximum, RoundUp((maximum - minimum) / intervals), isWhole: false);
        // A single tick does not show the scale.
        return axis.Ticks.Count > 1 ? axis : ForValues(minimum, maximum, intervals + 1);
    }

    /// <summary>An axis for whole numbers, such as steps.</summary>
    /// <inheritdoc cref="ForValues"/>
    public static Axis ForSteps(double minimum, double maximum, int intervals)
    {
        if (minimum == maximum)
        {
            return new Axis(minimum - 0.5, maximum + 0.5, 1, isWhole: true);
        }
        var axis = new Axis(minimum, maximum, Math.Max(1, RoundUp((maximum - minimum) / intervals)), isWhole: true);
        return axis.Ticks.Count > 1 ? axis : ForSteps(minimum, maximum, intervals + 1);
    }

    /// <summary>An axis for counts, from 0 to the first tick that is not below the maximum.</summary>
    /// <param name="maximum">The highest count. At least 1.</param>
    /// <param name="intervals">The number of intervals between ticks at most. At least 1.</param>
    public static Axis ForCounts(int maximum, int intervals)
    {
        var step = Math.Max(1, RoundUp((double)maximum / intervals));
        return new Axis(0, Math.Ceiling(maximum / step) * step, step, isWhole: true);
    }

    /// <summary>The position of a value, from 0 (minimum) to 1 (maximum).</summary>
    public double Scale(double value) => (value - Minimum) / (Maximum - Minimum);

    /// <summary>The label of a tick, with as many digits as the distance of the ticks needs.</summary>
    public string Format(double tick, IFormatProvider culture)
    {
        var largest = Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));
        // Without this, a tick at zero could be -0 or 1e-17.
        var value = Math.Abs(tick) < _step / 2 ? 0 : tick;
        if (_isWhole || (_step >= 1 && largest < 1e6))
        {
            return value.ToString("#,0", culture);
        }
        var smallest = Exponent(_step);
        if (largest is >= 1e-3 and < 1e6)
        {
            return value.ToString("F" + Math.Max(0, -smallest).ToString(CultureInfo.InvariantCulture), culture);
        }
        var digits = Math.Max(0, Exponent(largest) - smallest);
        return value == 0 ? "0" : value.ToString($"0.{new string('0', digits)}e+0", culture);
    }

    // 1, 2 or 5 times a power of ten.
    private static double RoundUp(double step)
    {
        var power = Math.Pow(10, Exponent(step));
        var factor = step / power;
        return power
            * (
                factor <= 1.000001 ? 1
                : factor <= 2.000001 ? 2
                : factor <= 5.000001 ? 5
                : 10
            );
    }

    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(value) + 1e-9);
}
