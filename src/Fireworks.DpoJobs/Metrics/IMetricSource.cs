namespace Fireworks.DpoJobs;

/// <summary>Supplies the metrics of jobs.</summary>
internal interface IMetricSource
{
    /// <summary>The metrics of a job, in the order of its steps. Empty when it has none.</summary>
    IEnumerable<DpoJobMetric> Read(DpoJob job);
}

/// <summary>Metrics in memory.</summary>
/// <param name="jobs">The jobs that they may belong to.</param>
internal sealed class MetricList(IEnumerable<DpoJob> jobs) : IMetricSource
{
    private readonly ILookup<string, DpoJob> _jobs = jobs.Where(job => job.Id is not null).ToLookup(job => job.Id!);
    private readonly Dictionary<(string? AccountId, string Id), List<DpoJobMetric>?> _known = [];
    private readonly Dictionary<string, List<DpoJobMetric>> _metrics = [];
    private readonly List<string> _unknown = [];
    private readonly List<string> _ambiguous = [];

    /// <summary>
    /// The IDs for which there is no job, with the accounts that the metrics name: <c>nightly-1 (acme)</c>. Empty for metrics
    /// without an ID. Their metrics are left out.
    /// </summary>
    public IReadOnlyCollection<string> UnknownJobs => _unknown;

    /// <summary>The IDs without an account that jobs of several accounts have. Their metrics are left out.</summary>
    public IReadOnlyCollection<string> AmbiguousJobs => _ambiguous;

    /// <summary>
    /// Adds a metric. Its job is found by <see cref="DpoJobMetric.JobId"/> and, unless it is null,
    /// <see cref="DpoJobMetric.AccountId"/>.
    /// </summary>
    public void Add(DpoJobMetric metric)
    {
        var key = (metric.AccountId, metric.JobId ?? "");
        if (!_known.TryGetValue(key, out var metrics))
        {
            metrics = FindMetrics(metric.AccountId, metric.JobId ?? "");
            _known.Add(key, metrics);
        }
        metrics?.Add(metric);
    }

    /// <summary>Whether a job has metrics.</summary>
    public bool Contains(DpoJob job) => job.Name is { } name && _metrics.ContainsKey(name);

    public IEnumerable<DpoJobMetric> Read(DpoJob job) =>
        job.Name is { } name && _metrics.TryGetValue(name, out var metrics) ? metrics : [];

    // Null when the job is unknown or ambiguous.
    private List<DpoJobMetric>? FindMetrics(string? accountId, string id)
    {
        var names = _jobs[id]
            .Where(job => accountId is null || job.AccountId == accountId)
            .Select(job => job.Name!)
            .Distinct()
            .ToList();
        if (names.Count == 0)
        {
            var name = id.Length == 0 || accountId is null ? id : JobLabels.WithAccount(accountId, id);
            if (!_unknown.Contains(name))
            {
                _unknown.Add(name);
            }
            return null;
        }
        if (names.Count > 1)
        {
            _ambiguous.Add(id);
            return null;
        }
        if (!_metrics.TryGetValue(names[0], out var metrics))
        {
            _metrics.Add(names[0], metrics = []);
        }
        return metrics;
    }
}

/// <summary>Metrics in memory, and for jobs without any, those of another source.</summary>
/// <param name="given">The metrics in memory. Null for none.</param>
/// <param name="read">Reads the metrics of a job.</param>
internal sealed class JobMetricSource(MetricList? given, Func<DpoJob, IEnumerable<DpoJobMetric>> read) : IMetricSource
{
    public IEnumerable<DpoJobMetric> Read(DpoJob job) => given?.Contains(job) == true ? given.Read(job) : read(job);
}
