namespace Fireworks.DpoJobs;

/// <summary>Supplies the metrics of jobs.</summary>
internal interface IMetricSource
{
    /// <summary>The metrics of a job, in the order of its steps. Empty when it has none.</summary>
    IEnumerable<DpoJobMetric> Read(DpoJob job);
}

/// <summary>Metrics in memory.</summary>
internal sealed class MetricList : IMetricSource
{
    private readonly Dictionary<string, List<DpoJobMetric>> _metrics = [];

    /// <summary>The IDs of the jobs that have metrics.</summary>
    public IReadOnlyCollection<string> JobIds => _metrics.Keys;

    /// <summary>Adds a metric. Its job is found by <see cref="DpoJobMetric.JobId"/>.</summary>
    public void Add(DpoJobMetric metric)
    {
        var id = metric.JobId ?? "";
        if (!_metrics.TryGetValue(id, out var metrics))
        {
            _metrics.Add(id, metrics = []);
        }
        metrics.Add(metric);
    }

    public IEnumerable<DpoJobMetric> Read(DpoJob job) =>
        job.Id is { } id && _metrics.TryGetValue(id, out var metrics) ? metrics : [];
}

/// <summary>Metrics in memory, and for jobs without any, those of another source.</summary>
/// <param name="given">The metrics in memory. Null for none.</param>
/// <param name="read">Reads the metrics of a job.</param>
internal sealed class JobMetricSource(MetricList? given, Func<DpoJob, IEnumerable<DpoJobMetric>> read) : IMetricSource
{
    public IEnumerable<DpoJobMetric> Read(DpoJob job) =>
        job.Id is { } id && given?.JobIds.Contains(id) == true ? given.Read(job) : read(job);
}
