using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Converts to <see cref="DpoJobMetric"/>: a line of a metrics file, or an object with the properties of a metric, such as a row of
/// a CSV file or a deserialized metric. Blank lines are left out.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DpoJobMetricAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex IsoDate = new(@"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}", RegexOptions.CultureInvariant);

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (ArgumentValue.Unwrap(inputData) is null)
        {
            return inputData;
        }
        var metrics = new List<DpoJobMetric>();
        foreach (var item in ArgumentValue.ToItems(inputData))
        {
            switch (ArgumentValue.Unwrap(item))
            {
                case DpoJobMetric metric:
                    metrics.Add(metric);
                    break;
                case string text when MetricLine.Parse(text) is var line:
                    if (line.Problem is { } problem)
                    {
                        throw new ArgumentTransformationMetadataException(
                            $"The string is not a line of a metrics file. {problem}"
                        );
                    }
                    if (line.Metric is { } parsed)
                    {
                        metrics.Add(parsed);
                    }
                    break;
                default:
                    metrics.Add(
                        (item is null ? null : FromRow(PSObject.AsPSObject(item)))
                            ?? throw new ArgumentTransformationMetadataException(
                                "The object is not a metric: it has none of the properties Step, Loss, Accuracy and so on."
                            )
                    );
                    break;
            }
        }
        return metrics.ToArray();
    }

    private static DpoJobMetric? FromRow(PSObject row)
    {
        if (
            row.Properties[nameof(DpoJobMetric.Step)] is null
            && !MetricProperty.Known.Any(property => row.Properties[property.Name] is not null)
        )
        {
            return null;
        }
        return new DpoJobMetric
        {
            JobId = Text(row, nameof(DpoJobMetric.JobId)),
            AccountId = Text(row, nameof(DpoJobMetric.AccountId)),
            Step = Whole(row, nameof(DpoJobMetric.Step)),
            Time = Time(row),
            Epoch = Number(row, nameof(DpoJobMetric.Epoch)),
            Loss = Number(row, nameof(DpoJobMetric.Loss)),
            Margin = Number(row, nameof(DpoJobMetric.Margin)),
            Accuracy = Number(row, nameof(DpoJobMetric.Accuracy)),
            LearningRate = Number(row, nameof(DpoJobMetric.LearningRate)),
            TokensPerSecond = Number(row, nameof(DpoJobMetric.TokensPerSecond)),
            StepTime = Number(row, nameof(DpoJobMetric.StepTime)),
            StepTokens = Whole(row, nameof(DpoJobMetric.StepTokens)),
            ReferenceTokens = Whole(row, nameof(DpoJobMetric.ReferenceTokens)),
            TotalTokens = Whole(row, nameof(DpoJobMetric.TotalTokens)),
            Values = Values(row),
        };
    }

    // In a CSV file, null is an empty field.
    private static string? Text(PSObject row, string property) =>
        row.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    private static long? Whole(PSObject row, string property) =>
        Number(row, property) is >= long.MinValue and < long.MaxValue and var number && number == Math.Truncate(number)
            ? (long)number
            : null;

    private static double? Number(PSObject row, string property) =>
        ArgumentValue.Unwrap(row.Properties[property]?.Value) switch
        {
            null => null,
            string text => ParseNumber(text, CultureInfo.InvariantCulture)
                ?? ParseNumber(text, CultureInfo.CurrentCulture),
            var value when LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double number) =>
                number,
            _ => null,
        };

    // Without separators of thousands: 0,5 would become 5.
    private static double? ParseNumber(string text, CultureInfo culture) =>
        double.TryParse(text, NumberStyles.Float, culture, out var number) ? number : null;

    // Export-Csv writes times in the current culture.
    private static DateTimeOffset? Time(PSObject row) =>
        row.Properties[nameof(DpoJobMetric.Time)]?.Value is not { } value ? null
        : ArgumentValue.Unwrap(value) is string text ? TimeOf(text)
        : PointInTime.FindTime(value)?.ToUniversalTime();

    // A culture with another calendar would read the year of ISO 8601 as one of its own.
    private static DateTimeOffset? TimeOf(string text)
    {
        var (first, second) = IsoDate.IsMatch(text)
            ? (CultureInfo.InvariantCulture, CultureInfo.CurrentCulture)
            : (CultureInfo.CurrentCulture, CultureInfo.InvariantCulture);
        return ParseTime(text, first) ?? ParseTime(text, second);
    }

    private static DateTimeOffset? ParseTime(string text, CultureInfo culture) =>
        DateTimeOffset.TryParse(
            text,
            culture,
            DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;

    private static FieldDictionary Values(PSObject row)
    {
        var values = new Dictionary<string, object?>();
        if (ArgumentValue.Unwrap(row.Properties[nameof(DpoJobMetric.Values)]?.Value) is IDictionary fields)
        {
            foreach (DictionaryEntry field in fields)
            {
                values[$"{field.Key}"] = ArgumentValue.Unwrap(field.Value);
            }
        }
        return new FieldDictionary(values);
    }
}
