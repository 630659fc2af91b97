using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Rejects numbers outside a range. Unlike ValidateRange, it accepts every type of number and can exclude 0.</summary>
/// <param name="minimum">The minimum.</param>
/// <param name="maximum">The maximum.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumberAttribute(double minimum, double maximum = double.PositiveInfinity)
    : ValidateArgumentsAttribute
{
    /// <summary>Whether the minimum itself is rejected.</summary>
    public bool IsMinimumExcluded { get; set; }

    /// <summary>The number of which the value must be a multiple. 0 for any value.</summary>
    public int MultipleOf { get; set; }

    /// <exception cref="ValidationMetadataException">The value is not in the range.</exception>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var value = Convert.ToDouble(ArgumentValue.Unwrap(arguments), CultureInfo.InvariantCulture);
        // NaN is in no range.
        var isInRange =
            (IsMinimumExcluded ? value > minimum : value >= minimum)
            && value <= maximum
            && !double.IsInfinity(value)
            && (MultipleOf == 0 || value % MultipleOf == 0);
        if (!isInRange)
        {
            throw new ValidationMetadataException(
                FormattableString.Invariant($"The value {value} is invalid. It must be {Describe()}.")
            );
        }
    }

    private string Describe() =>
        FormattableString.Invariant(
            $"{(MultipleOf == 0 ? "" : $"a multiple of {MultipleOf}, ")}{(double.IsInfinity(maximum) ? $"{(IsMinimumExcluded ? "greater than" : "at least")} {minimum}" : $"from {minimum} to {maximum}")}"
        );
}
