using System;
using System.Buffers;
using System.Text.Json;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>
/// The metrics of a job: one line per step, with the keys of the service's public DPO and ORPO recipes. A line depends only on
/// the job, its step and the number of steps, so a file that grows keeps its lines.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="steps">The number of steps of the whole training.</param>
/// <param name="isNested">Whether the values are in an object <c>data</c>, as in July 2026.</param>
internal sealed class MetricsFile(Job job, int steps, bool isNested)
{
    private const double RunSeconds = 600;

    private static readonly FieldPath Method = FieldPath.Find(JobSchema.Single, "lossConfig.method")!;
    private static readonly FieldPath Rate = FieldPath.Find(JobSchema.Single, "trainingConfig.learningRate")!;
    private static readonly FieldPath Epochs = FieldPath.Find(JobSchema.Single, "trainingConfig.epochs")!;
    private static readonly FieldPath Warmup = FieldPath.Find(
        JobSchema.Single,
        "trainingConfig.learningRateWarmupSteps"
    )!;

    private readonly bool _isOrpo = Method.Read(job).Text == "ORPO";
    private readonly double _rate = (double)Rate.Read(job).Number;
    private readonly int _epochs = Math.Max(1, (int)Epochs.Read(job).Number);
    private readonly double _warmup = Math.Max((double)Warmup.Read(job).Number, 1);
    private readonly double _speed = 2 + (4 * Unit(job.FileSeed, 0, Noise.Speed));
    private readonly double _depth = 0.4 + (0.4 * Unit(job.FileSeed, 0, Noise.Depth));

    /// <summary>Which of the random numbers of a step is used.</summary>
    private enum Noise
    {
        Speed,
        Depth,
        Loss,
        Margin,
        Accuracy,
        Tokens,
        Throughput,
        Missing,
    }

    /// <summary>Returns the file of a job that has done a part of its training, from 0 to 1.</summary>
    /// <remarks>
    /// While the job runs, half of the next line is there as soon as half of its time has passed: a reader can see an
    /// incomplete line.
    /// </remarks>
    public byte[] Render(double trained)
    {
        // Without the small addition, a part such as 0.29 is one step less because of rounding.
        var done = (trained * steps) + 1e-6;
        var whole = (int)done;
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        long totalTokens = 0;
        for (var step = 1; step <= whole; step++)
        {
            WriteLine(buffer, step, ref totalTokens);
        }

        if (job.State == Lifecycle.Running && whole < steps && done - whole >= 0.5)
        {
            var end = buffer.WrittenCount;
            WriteLine(buffer, whole + 1, ref totalTokens);
            return buffer.WrittenSpan[..(end + ((buffer.WrittenCount - end) / 2))].ToArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteLine(ArrayBufferWriter<byte> buffer, int step, ref long totalTokens)
    {
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (isNested)
            {
                // The first 240 seconds pass before the training.
                var time = (job.CreateTime / 1e9) + 240 + (RunSeconds * step / steps);
                writer.WriteNumber("timestamp", Math.Round(time, 3));
            }

            writer.WriteNumber("step", step);
            if (isNested)
            {
                writer.WriteStartObject("data");
            }
            else
            {
                writer.WriteNumber("train/step", step);
            }

            WriteValues(writer, step, ref totalTokens);
            if (isNested)
            {
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    private void WriteValues(Utf8JsonWriter writer, int step, ref long totalTokens)
    {
        var progress = (double)step / steps;
        var learned = 1 - Math.Exp(-_speed * progress);
        var loss = (0.693 * (1 - (_depth * learned))) + (0.05 * Wobble(step, Noise.Loss));
        var margin = (2 * _depth * learned) + (0.15 * Wobble(step, Noise.Margin));
        // Of 64 pairs.
        var accuracy = Math.Round((0.5 + (0.6 * _depth * learned) + (0.06 * Wobble(step, Noise.Accuracy))) * 64) / 64;
        var tokens = 12_000 + (int)(8_000 * Unit(job.FileSeed, step, Noise.Tokens));
        var throughput = 9_000 + (1_500 * Wobble(step, Noise.Throughput));
        totalTokens += tokens;
        // The trainer writes NaN as null.
        var isMissing = step > 1 && Unit(job.FileSeed, step, Noise.Missing) < 0.01;

        if (_isOrpo)
        {
            Write(writer, "orpo_loss", isMissing ? null : loss + 0.4);
            Write(writer, "sft_loss", isMissing ? null : loss + 0.35);
            Write(writer, "or_loss", 0.5 * loss);
            Write(writer, "log_odds_ratio", margin);
        }
        else
        {
            Write(writer, "dpo_loss", isMissing ? null : loss);
            Write(writer, "loss", isMissing ? null : loss);
            Write(writer, "margin", isMissing ? null : margin);
        }

        Write(writer, "accuracy", Math.Clamp(accuracy, 0, 1));
        Write(writer, "epoch", _epochs * progress);
        Write(writer, "tokens_per_sec", throughput);
        Write(writer, "step_time_sec", tokens / throughput);
        writer.WriteNumber("train/step_tokens", tokens);
        if (!_isOrpo)
        {
            writer.WriteNumber("train/ref_tokens", tokens / 2);
        }

        writer.WriteNumber("train/total_tokens", totalTokens);
        writer.WriteNumber("train/lr", RateAt(step));
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber("train/" + name, Math.Round(number, 6));
        }
        else
        {
            writer.WriteNull("train/" + name);
        }
    }

    /// <summary>A linear warm-up, then the scheduler of the job, or a cosine to a tenth.</summary>
    private double RateAt(int step)
    {
        var warmup = Math.Min(_warmup, steps / 2.0);
        if (step < warmup)
        {
            return Round(_rate * step / warmup);
        }

        var progress = (step - warmup) / Math.Max(1, steps - warmup);
        return Round(
            _rate
                * job.Scheduler switch
                {
                    "constant" => 1,
                    "linear" => 1 - progress,
                    _ => 0.1 + (0.45 * (1 + Math.Cos(Math.PI * progress))),
                }
        );
    }

    private static double Round(double rate) => Math.Round(rate, 12);

    /// <summary>A number from -1 to 1, most often near 0.</summary>
    private double Wobble(int step, Noise noise) =>
        Unit(job.FileSeed, step, noise) + Unit(~job.FileSeed, step, noise) - 1;

    /// <summary>A number from 0 up to but excluding 1.</summary>
    private static double Unit(ulong seed, int step, Noise noise) =>
        (new SeededRandom(seed, step).Bits((Purpose)noise) >> 11) * (1.0 / (1L << 53));
}
