using System.Text;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>
/// The result of reading one line of a metrics file (JSON Lines). A blank line has neither a metric nor a problem.
/// </summary>
/// <remarks>
/// A line has one of two forms: <c>{"step":1,"train/loss":0.69}</c>, or in files of July 2026
/// <c>{"timestamp":1784318345.93,"step":1,"data":{"train/loss":0.69}}</c>.
/// </remarks>
internal sealed class MetricLine
{
    private const string Prefix = "train/";

    private static readonly MetricLine Blank = new();

    /// <summary>The metric. Null for a blank or malformed line.</summary>
    public DpoJobMetric? Metric { get; private init; }

    /// <summary>
    /// Why the line has no metric, as a sentence that does not quote the line: <c>The line is not JSON: byte 17 is unexpected.</c>
    /// Null for a valid or blank line.
    /// </summary>
    public string? Problem { get; private init; }

    /// <summary>Reads a line. Never throws for its content.</summary>
    /// <param name="line">The line, with or without its line break.</param>
    /// <param name="job">The job that the metrics belong to. Null when it is unknown.</param>
    public static MetricLine Parse(string line, ResourceName? job = null) => Parse(Encoding.UTF8.GetBytes(line), job);

    /// <summary>Reads a line. Never throws for its content.</summary>
    /// <param name="utf8">The bytes of the line, with or without its line break.</param>
    /// <param name="job">The job that the metrics belong to. Null when it is unknown.</param>
    public static MetricLine Parse(ReadOnlySpan<byte> utf8, ResourceName? job = null)
    {
        // Some editors write a byte order mark.
        utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8.Slice(3) : utf8;
        if (IsBlank(utf8))
        {
            return Blank;
        }
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? Malformed("The line has more than one JSON value.")
                : document.RootElement.ValueKind != JsonValueKind.Object ? Malformed("The line is not a JSON object.")
                : new MetricReader(job).Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return Malformed($"The line is not JSON: byte {exception.BytePositionInLine + 1} is unexpected.");
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json throws this for a lone surrogate or invalid UTF-8 in a name or a value.
            return Malformed("The line has a string that is not valid Unicode.");
        }
    }

    private static MetricLine Malformed(string problem) => new() { Problem = problem };

    private static bool IsBlank(ReadOnlySpan<byte> utf8)
    {
        foreach (var value in utf8)
        {
            if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Collects the fields of one line.</summary>
    private sealed class MetricReader(ResourceName? job)
    {
        private readonly DpoJobMetric _metric = new() { JobId = job?.Id, AccountId = job?.AccountId };
        private readonly List<KeyValuePair<string, JsonElement>> _others = [];
        private double? _fallbackLoss;
        private bool _hasKnownField;

        public MetricLine Read(JsonElement line)
        {
            ReadFields(line);
            // For example an error message instead of metrics.
            if (!_hasKnownField)
            {
                return Malformed("The line has no step and no known metric.");
            }
            _metric.Loss ??= _fallbackLoss;
            if (_others.Count > 0)
            {
                _metric.Values = JsonValue.ToDictionary(_others);
            }
            return new MetricLine { Metric = _metric };
        }

        private void ReadFields(JsonElement fields)
        {
            foreach (var field in fields.EnumerateObject())
            {
                if (field.NameEquals("data") && field.Value.ValueKind == JsonValueKind.Object)
                {
                    ReadFields(field.Value);
                }
                else if (!IsKnown(field.Name, field.Value))
                {
                    _others.Add(new(field.Name, field.Value));
                }
            }
        }

        /// <summary>Sets the property of a field. False when there is none, or its type does not fit the value.</summary>
        private bool IsKnown(string name, JsonElement value)
        {
            var known =
                name.StartsWith(Prefix, StringComparison.Ordinal) ? SetMetric(name.Substring(Prefix.Length), value)
                : name == "step" ? Set(value, ToWhole, () => _metric.Step, step => _metric.Step = step)
                : name == "timestamp" && Set(value, ToTime, () => _metric.Time, time => _metric.Time = time);
            _hasKnownField |= known;
            return known;
        }

        private bool SetMetric(string name, JsonElement value) =>
            name switch
            {
                "step" => Set(value, ToWhole, () => _metric.Step, step => _metric.Step = step),
                "epoch" => Set(value, ToNumber, () => _metric.Epoch, epoch => _metric.Epoch = epoch),
                "loss" => Set(value, ToNumber, () => _metric.Loss, loss => _metric.Loss = loss),
                "margin" => Set(value, ToNumber, () => _metric.Margin, margin => _metric.Margin = margin),
                "accuracy" => Set(value, ToNumber, () => _metric.Accuracy, share => _metric.Accuracy = share),
                "lr" => Set(value, ToNumber, () => _metric.LearningRate, rate => _metric.LearningRate = rate),
                "tokens_per_sec" => Set(
                    value,
                    ToNumber,
                    () => _metric.TokensPerSecond,
                    rate => _metric.TokensPerSecond = rate
                ),
                "step_time_sec" => Set(value, ToNumber, () => _metric.StepTime, time => _metric.StepTime = time),
                "step_tokens" => Set(value, ToWhole, () => _metric.StepTokens, count => _metric.StepTokens = count),
                "ref_tokens" => Set(
                    value,
                    ToWhole,
                    () => _metric.ReferenceTokens,
                    count => _metric.ReferenceTokens = count
                ),
                "total_tokens" => Set(value, ToWhole, () => _metric.TotalTokens, count => _metric.TotalTokens = count),
                "dpo_loss" or "orpo_loss" => SetFallbackLoss(value),
                _ => false,
            };

        // Returns false, because these values belong to the other values too.
        private bool SetFallbackLoss(JsonElement value)
        {
            _hasKnownField = true;
            _fallbackLoss ??= ToNumber(value);
            return false;
        }

        private static bool Set<T>(JsonElement value, Func<JsonElement, T?> convert, Func<T?> get, Action<T> set)
            where T : struct
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                return true;
            }
            if (convert(value) is not { } converted)
            {
                return false;
            }
            // "step" and "train/step" are usually the same. A second value that differs is kept among the other values.
            if (get() is { } current)
            {
                return current.Equals(converted);
            }
            set(converted);
            return true;
        }

        private static double? ToNumber(JsonElement value) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && IsFinite(number)
                ? number
                : null;

        private static long? ToWhole(JsonElement value) =>
            value.ValueKind != JsonValueKind.Number ? null
            : value.TryGetInt64(out var whole) ? whole
            // Python writes some counts as 1024.0.
            : value.TryGetDecimal(out var exact)
            && exact == decimal.Truncate(exact)
            && exact is >= long.MinValue and <= long.MaxValue
                ? (long)exact
            : null;

        private static DateTimeOffset? ToTime(JsonElement value) =>
            // Until the year 9999.
            ToNumber(value) is >= 0 and < 253402300800 and var seconds
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000))
                : null;

        // double.IsFinite is missing in .NET Standard 2.0.
        private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
    }
}
