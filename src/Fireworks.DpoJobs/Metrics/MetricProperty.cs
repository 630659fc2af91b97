using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>A number that metrics have: a property of <see cref="DpoJobMetric"/>, or one of its other values.</summary>
internal sealed class MetricProperty
{
    private readonly Func<DpoJobMetric, double?> _read;
    private readonly string? _key;

    private MetricProperty(string name, Func<DpoJobMetric, double?> read, string? key = null)
    {
        Name = name;
        _read = read;
        _key = key;
    }

    /// <summary>The properties, in the order in which they are of interest.</summary>
    public static IReadOnlyList<MetricProperty> Known { get; } =
    [
        new(nameof(DpoJobMetric.Loss), metric => metric.Loss),
        new(nameof(DpoJobMetric.Accuracy), metric => metric.Accuracy),
        new(nameof(DpoJobMetric.Margin), metric => metric.Margin),
        new(nameof(DpoJobMetric.LearningRate), metric => metric.LearningRate),
        new(nameof(DpoJobMetric.TokensPerSecond), metric => metric.TokensPerSecond),
        new(nameof(DpoJobMetric.StepTime), metric => metric.StepTime),
        new(nameof(DpoJobMetric.Epoch), metric => metric.Epoch),
        new(nameof(DpoJobMetric.StepTokens), metric => metric.StepTokens),
        new(nameof(DpoJobMetric.ReferenceTokens), metric => metric.ReferenceTokens),
        new(nameof(DpoJobMetric.TotalTokens), metric => metric.TotalTokens),
    ];

    /// <summary>The name of the property, or the name of the value as the user typed it.</summary>
    public string Name { get; }

    /// <summary>Whether this is a property, which every metric has, and not one of the other values.</summary>
    public bool IsKnown => _key is null;

    /// <summary>
    /// Finds a property by its name in any case; any other name is that of another value, with or without <c>train/</c>.
    /// </summary>
    public static MetricProperty Find(string name) =>
        Known.FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? new MetricProperty(name, metric => Value(metric, name), name);

    /// <summary>The number of a metric. Null when it has none.</summary>
    public double? Read(DpoJobMetric metric) => _read(metric);

    /// <summary>
    /// Whether a metric without a number marks a gap, as NaN does. Otherwise it is only a line about something else, such as an
    /// evaluation between the training steps.
    /// </summary>
    public bool IsGap(DpoJobMetric metric) =>
        _key is not null
            ? FindKey(metric, _key) is not null
            : metric.Values.Count == 0 || Known.Any(property => property.Read(metric) is not null);

    private static double? Value(DpoJobMetric metric, string name) =>
        FindKey(metric, name) is { } key && metric.Values[key] is long or double or decimal
            ? Convert.ToDouble(metric.Values[key], CultureInfo.InvariantCulture)
            : null;

    private static string? FindKey(DpoJobMetric metric, string name) =>
        metric.Values.ContainsKey(name) ? name
        : metric.Values.ContainsKey("train/" + name) ? "train/" + name
        : null;
}
