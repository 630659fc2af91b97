using System;
using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>The parameters of a new job reject what the service would reject, and say why.</summary>
public sealed class NewJobArgumentsTests
{
    [Theory]
    [InlineData("nightly-1")]
    [InlineData("sweep-1E-06")]
    [InlineData("A")]
    public void An_ID_may_have_upper_case_letters(string id) => Validate(new NewJobIdAttribute(), id);

    [Theory]
    [InlineData("sweep-0.0001", "'sweep-0.0001' cannot be the ID of a job", " For example: sweep-0-0001")]
    [InlineData("-a_b-", "'-a_b-'", " For example: a-b")]
    [InlineData("", "''", "at either end.")]
    [InlineData("丁", "'丁'", "at either end.")]
    [InlineData("a\u001b[2J", "'a", " For example: a--2j")]
    [InlineData("fw_canary0123456789", "'(removed)'", "at either end.")]
    public void An_invalid_ID_is_rejected_with_a_suggestion(string id, string start, string end)
    {
        var message = Reject(new NewJobIdAttribute(), id);

        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.EndsWith(end, message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1L)]
    [InlineData(1e-30)]
    public void A_number_in_the_range_is_accepted(object value) =>
        Validate(new NumberAttribute(0, 1) { IsMinimumExcluded = true }, value);

    [Theory]
    [InlineData(0)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_outside_the_range_is_rejected(object value) =>
        Reject(new NumberAttribute(0, 1) { IsMinimumExcluded = true }, value);

    [Theory]
    [InlineData(0d, double.PositiveInfinity, true, 0, 0d, "The value 0 is invalid. It must be greater than 0.")]
    [InlineData(0d, double.PositiveInfinity, false, 0, -1.5, "The value -1.5 is invalid. It must be at least 0.")]
    [InlineData(0d, 1d, false, 0, 2d, "The value 2 is invalid. It must be from 0 to 1.")]
    [InlineData(
        16d,
        double.PositiveInfinity,
        false,
        16,
        4100d,
        "The value 4100 is invalid. It must be a multiple of 16, at least 16."
    )]
    public void The_error_describes_the_range(
        double minimum,
        double maximum,
        bool isMinimumExcluded,
        int multipleOf,
        double value,
        string message
    )
    {
        var attribute = new NumberAttribute(minimum, maximum)
        {
            IsMinimumExcluded = isMinimumExcluded,
            MultipleOf = multipleOf,
        };

        Assert.Equal(message, Reject(attribute, value));
    }

    private static string Reject(ValidateArgumentsAttribute attribute, object value) =>
        Assert.Throws<ValidationMetadataException>(() => Validate(attribute, value)).Message;

    private static void Validate(ValidateArgumentsAttribute attribute, object value)
    {
        try
        {
            attribute
                .GetType()
                .GetMethod("Validate", BindingFlags.Instance | BindingFlags.NonPublic)!
                .Invoke(attribute, [value, null]);
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
    }
}
