namespace Fireworks.DpoJobs;

/// <summary>Completes the properties of metrics that have numbers.</summary>
internal sealed class MetricPropertyCompleter : Completer
{
    protected override IEnumerable<Completion> Complete(string typed) =>
        MetricProperty
            .Known.Where(property => StartsWith(property.Name, typed))
            .Select(property => new Completion(property.Name, property.Name, property.Name));
}
