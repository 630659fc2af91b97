using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fireworks.DpoJobs.Unit.Reports;

/// <summary>Reports about made-up jobs.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 7, 0, 0, TimeSpan.Zero);

    private static readonly JobState[] States =
    [
        JobState.Completed,
        JobState.Completed,
        JobState.Completed,
        JobState.Failed,
        JobState.Running,
        JobState.Cancelled,
    ];

    /// <summary>Jobs of the last weeks, the newest first.</summary>
    public static List<DpoJob> Jobs(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    var state = States[i % States.Length];
                    var created = Now.AddHours(-5 * i - 1);
                    return new DpoJob
                    {
                        Name = $"accounts/acme/dpoJobs/nightly-{i}",
                        DisplayName = $"Nightly run {i}",
                        State = state,
                        CreateTime = created,
                        CompletedTime = state == JobState.Running ? null : created.AddMinutes(20 + (i * 37 % 600)),
                        Status =
                            state == JobState.Failed
                                ? new RpcStatus { Code = RpcCode.Internal, Message = $"out of memory at step {i}" }
                                : null,
                        TrainingConfig = new TrainingConfig
                        {
                            BaseModel = "accounts/fireworks/models/llama-v3p1-8b-instruct",
                            Epochs = 3,
                            LearningRate = 1e-4,
                        },
                    };
                }),
        ];

    /// <summary>Metrics of the first jobs. One step of each is NaN.</summary>
    public static MetricList Metrics(IReadOnlyCollection<DpoJob> jobs, int steps)
    {
        var metrics = new MetricList(jobs);
        foreach (var (job, index) in jobs.Select((job, index) => (job, index)))
        {
            for (var step = 1; step <= steps; step++)
            {
                var loss = 0.2 + (0.5 * Math.Exp(-(1 + index) * step / (double)steps)) + (0.02 * Math.Sin(step * 1.7));
                metrics.Add(
                    new DpoJobMetric
                    {
                        JobId = job.Id,
                        AccountId = job.AccountId,
                        Step = step,
                        Loss = step == steps / 2 ? double.NaN : loss,
                        Accuracy = 1 - loss,
                    }
                );
            }
        }
        return metrics;
    }

    /// <summary>The text of a report.</summary>
    public static string Write(
        IReadOnlyList<DpoJob> jobs,
        IMetricSource? metrics = null,
        string title = "DPO jobs",
        TimeZoneInfo? zone = null
    )
    {
        using var stream = new MemoryStream();
        new JobReport
        {
            Jobs = jobs,
            Metrics = metrics,
            Title = title,
            Now = Now,
            TimeZone = zone ?? TimeZoneInfo.Utc,
        }.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The elements of a report. Style and script, which are not XML, are empty.</summary>
    public static XElement Parse(string page) =>
        XDocument
            .Parse(
                Regex.Replace(
                    page.Replace("<!DOCTYPE html >", "", StringComparison.Ordinal)
                        .Replace("<!DOCTYPE html>", "", StringComparison.Ordinal),
                    "(<(style|script)>).*?(</\\2>)",
                    "$1$3",
                    RegexOptions.Singleline
                ),
                LoadOptions.PreserveWhitespace
            )
            .Root!;
}
