using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Converts to a TimeSpan: a TimeSpan, a number of seconds as in Wait-Job, or a string such as <c>2:00:00</c>, <c>90s</c>,
/// <c>30m</c>, <c>2h</c> or <c>1d</c>. To PowerShell, a number is ticks.
/// </summary>
/// <param name="minSeconds">The shortest duration that is accepted, in seconds.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute(double minSeconds) : ArgumentTransformationAttribute
{
    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly Regex NumberAndUnit = new(
        @"^\s*(?<number>[0-9]{1,9}(\.[0-9]{1,9})?)\s*(?<unit>[smhd]?)\s*$",
        Options
    );

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (ArgumentValue.Unwrap(inputData) is null)
        {
            return null;
        }
        // PowerShell reads 1d as a decimal number, and keeps the text of an argument for this conversion.
        var duration = ArgumentValue.Unwrap(inputData) is TimeSpan span
            ? span
            : Parse(LanguagePrimitives.ConvertTo<string>(inputData));
        return duration.TotalSeconds >= minSeconds
            ? duration
            : throw new ArgumentTransformationMetadataException(
                $"{duration:c} is too short. The minimum is {TimeSpan.FromSeconds(minSeconds):c}."
            );
    }

    private static TimeSpan Parse(string text)
    {
        if (NumberAndUnit.Match(text) is { Success: true } match)
        {
            var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            var seconds = match.Groups["unit"].Value.ToLowerInvariant() switch
            {
                "m" => 60,
                "h" => 3600,
                "d" => 24 * 3600,
                _ => 1,
            };
            return TimeSpan.FromSeconds(Math.Min(number * seconds, TimeSpan.MaxValue.TotalSeconds / 2));
        }
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration)
            ? duration
            : throw new ArgumentTransformationMetadataException(
                $"'{ControlCharacters.MakeVisible(SecretPatterns.Redact(text))}' is not a duration. Use a number of seconds, or for example 90s, 30m, 2h, 1d or 2:00:00."
            );
    }
}
