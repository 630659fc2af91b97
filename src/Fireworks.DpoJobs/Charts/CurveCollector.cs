namespace Fireworks.DpoJobs;

/// <summary>Collects metrics into curves: for each property one curve per job, by step.</summary>
internal sealed class CurveCollector(IReadOnlyList<MetricProperty> properties)
{
    private readonly List<(string? AccountId, string Id, List<CurvePoint>[] Points)> _jobs = [];
    private readonly Dictionary<(string? AccountId, string Id), int> _indexes = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The number of metrics.</summary>
    public int Count { get; private set; }

    /// <summary>The names of the other values of all metrics.</summary>
    public IEnumerable<string> ValueNames => _names;

    public IReadOnlyList<MetricProperty> Properties { get; } = properties;

    /// <summary>Adds a metric of the job that it names.</summary>
    public void Add(DpoJobMetric metric) => Add(metric, metric.AccountId, metric.JobId ?? "");

    /// <summary>Adds a metric of a job. Without a step, its position among the metrics of its job is the step.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="accountId">The account of the job. Null when it is unknown.</param>
    /// <param name="id">The ID of the job. Empty when it is unknown.</param>
    public void Add(DpoJobMetric metric, string? accountId, string id)
    {
        Count++;
        _names.UnionWith(metric.Values.Keys);
        var points = FindJob(accountId, id);
        for (var i = 0; i < points.Length; i++)
        {
            if (Properties[i].Read(metric) is { } value)
            {
                points[i].Add(new CurvePoint(metric.Step ?? points[i].Count + 1, value));
            }
            else if (Properties[i].IsGap(metric))
            {
                points[i].Add(new CurvePoint(metric.Step ?? points[i].Count + 1, double.NaN));
            }
        }
    }

    /// <summary>The curves of a property, in the order of the jobs' first metrics. Jobs without a value have none.</summary>
    /// <param name="property">The property.</param>
    /// <param name="labels">Names the curves. Null for labels of the jobs that were added.</param>
    public IReadOnlyList<Curve> CreateCurves(MetricProperty property, JobLabels? labels = null)
    {
        var index = Properties.ToList().IndexOf(property);
        labels ??= new JobLabels(_jobs.Select(job => job.AccountId));
        return
        [
            .. _jobs
                .Select(job => new Curve(labels.Format(job.AccountId, job.Id), Order(job.Points[index])))
                .Where(curve => curve.Values.Any()),
        ];
    }

    private List<CurvePoint>[] FindJob(string? accountId, string id)
    {
        if (!_indexes.TryGetValue((accountId, id), out var index))
        {
            index = _jobs.Count;
            _indexes.Add((accountId, id), index);
            _jobs.Add((accountId, id, [.. Properties.Select(_ => new List<CurvePoint>())]));
        }
        return _jobs[index].Points;
    }

    // A resumed job repeats the steps since its last checkpoint. The later value counts.
    private static List<CurvePoint> Order(List<CurvePoint> points)
    {
        var ordered = new List<CurvePoint>(points.Count);
        foreach (var point in points.OrderBy(point => point.X))
        {
            if (ordered.Count == 0 || ordered[ordered.Count - 1].X != point.X)
            {
                ordered.Add(point);
            }
            else if (point.HasValue)
            {
                ordered[ordered.Count - 1] = point;
            }
        }
        return ordered;
    }
}
