namespace Fireworks.DpoJobs;

/// <summary>Collects metrics into curves: for each property one curve per job, by step.</summary>
internal sealed class CurveCollector(IReadOnlyList<MetricProperty> properties)
{
    private readonly List<(string Name, List<CurvePoint>[] Points)> _jobs = [];
    private readonly Dictionary<string, int> _indexes = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The number of metrics.</summary>
    public int Count { get; private set; }

    /// <summary>The names of the other values of all metrics.</summary>
    public IEnumerable<string> ValueNames => _names;

    public IReadOnlyList<MetricProperty> Properties { get; } = properties;

    /// <summary>Adds a metric. Without a step, its position among the metrics of its job is the step.</summary>
    public void Add(DpoJobMetric metric)
    {
        Count++;
        _names.UnionWith(metric.Values.Keys);
        var points = FindJob(metric.JobId ?? "");
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
    public IReadOnlyList<Curve> CreateCurves(MetricProperty property)
    {
        var index = Properties.ToList().IndexOf(property);
        return
        [
            .. _jobs.Select(job => new Curve(job.Name, Order(job.Points[index]))).Where(curve => curve.Values.Any()),
        ];
    }

    private List<CurvePoint>[] FindJob(string name)
    {
        if (!_indexes.TryGetValue(name, out var index))
        {
            index = _jobs.Count;
            _indexes.Add(name, index);
            _jobs.Add((name, [.. Properties.Select(_ => new List<CurvePoint>())]));
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
