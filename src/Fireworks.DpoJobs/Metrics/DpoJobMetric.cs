using System.Globalization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The metrics of one training step of a job, a line of its metrics file. A property is null when the line does not have the
/// metric, or has null, which the trainer writes for NaN. The names are those of the trainer's public recipes
/// (fw-ai/cookbook, <c>training/recipes/dpo_loop.py</c> and <c>orpo_loop.py</c>); the reference pages do not describe the file.
/// </summary>
public sealed class DpoJobMetric
{
    private static readonly FieldDictionary Nothing = new(new Dictionary<string, object?>());

    /// <summary>The ID of the job. Null when the metrics were read without their job.</summary>
    public string? JobId
    {
        get;
        // PowerShell assigns an empty string for $null.
        set => field = value is "" ? null : value;
    }

    /// <summary>The ID of the job's account. Null when the metrics were read without their job.</summary>
    public string? AccountId
    {
        get;
        set => field = value is "" ? null : value;
    }

    /// <summary>The optimizer step (<c>step</c>, <c>train/step</c>), usually from 1. A resumed job may repeat steps.</summary>
    public long? Step { get; set; }

    /// <summary>When the line was written, in UTC (<c>timestamp</c>, in seconds since 1970). Newer files don't have it.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary>The epoch (<c>train/epoch</c>), from 0; may be fractional.</summary>
    public double? Epoch { get; set; }

    /// <summary>
    /// The loss (<c>train/loss</c>), without a unit. When the line does not have it, <c>train/dpo_loss</c> or
    /// <c>train/orpo_loss</c>, which are in <see cref="Values"/> too.
    /// </summary>
    public double? Loss { get; set; }

    /// <summary>The mean margin between the rewards of chosen and rejected responses (<c>train/margin</c>), without a unit.</summary>
    public double? Margin { get; set; }

    /// <summary>The fraction of pairs whose chosen response has the higher reward (<c>train/accuracy</c>), 0 to 1.</summary>
    public double? Accuracy { get; set; }

    /// <summary>The learning rate (<c>train/lr</c>), without a unit.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The throughput (<c>train/tokens_per_sec</c>), in tokens per second.</summary>
    public double? TokensPerSecond { get; set; }

    /// <summary>The duration of the step (<c>train/step_time_sec</c>), in seconds.</summary>
    public double? StepTime { get; set; }

    /// <summary>The number of tokens that the policy model processed in the step (<c>train/step_tokens</c>).</summary>
    public long? StepTokens { get; set; }

    /// <summary>The number of tokens that the reference model processed in the step (<c>train/ref_tokens</c>).</summary>
    public long? ReferenceTokens { get; set; }

    /// <summary>The number of tokens that were processed up to and including the step (<c>train/total_tokens</c>).</summary>
    public long? TotalTokens { get; set; }

    /// <summary>
    /// The other values of the line, by their names in the file (<c>train/sft_loss</c>): numbers (<see cref="long"/>,
    /// <see cref="decimal"/> or <see cref="double"/>), strings, booleans, <c>null</c>, arrays and dictionaries of these; likely
    /// secrets are <see cref="SecretText"/>. Empty when there are none; never null.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Values { get; internal set; } = Nothing;

    /// <summary>Returns the job, the step and the main metrics, in one line.</summary>
    /// <returns>
    /// For example <c>nightly-1, step 20: loss 0.5312, accuracy 0.75</c>. Numbers are written as in the invariant culture.
    /// </returns>
    public override string ToString()
    {
        var position = string.Join(
            ", ",
            new[]
            {
                JobId is null ? null : ControlCharacters.MakeVisible(JobId),
                Step is { } step ? "step " + step.ToString(CultureInfo.InvariantCulture) : null,
            }.Where(part => part is not null)
        );
        var metrics = string.Join(
            ", ",
            new[] { Describe("loss", Loss), Describe("margin", Margin), Describe("accuracy", Accuracy) }.Where(part =>
                part is not null
            )
        );
        return position.Length == 0 || metrics.Length == 0 ? position + metrics : $"{position}: {metrics}";
    }

    private static string? Describe(string name, double? value) =>
        value is { } number ? $"{name} {number.ToString("0.####", CultureInfo.InvariantCulture)}" : null;
}
