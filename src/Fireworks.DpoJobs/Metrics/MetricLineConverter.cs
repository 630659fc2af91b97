namespace Fireworks.DpoJobs;

/// <summary>Converts the lines of a metrics file to metrics. Warns about the first line that is malformed.</summary>
/// <param name="job">The full name of the job.</param>
/// <param name="log">Receives the warning.</param>
internal sealed class MetricLineConverter(ResourceName job, IClientLog log) : ILineConverter
{
    private bool _hasWarned;

    public bool DividesLongLines => false;

    public object? Convert(FileLine line)
    {
        var parsed = MetricLine.Parse(line.Bytes.Span, job);
        if (parsed.Problem is { } problem)
        {
            Warn(line, problem);
        }
        return parsed.Metric;
    }

    public object? ConvertRest(FileLine line, bool isJobFinished)
    {
        var parsed = MetricLine.Parse(line.Bytes.Span, job);
        if (parsed.Problem is { } problem)
        {
            if (isJobFinished)
            {
                Warn(line, problem);
            }
            else
            {
                log.Verbose(
                    $"The last line of the metrics file of {job.Id} ({line.Description}) is not complete yet, so it is left out."
                );
            }
        }
        return parsed.Metric;
    }

    private void Warn(FileLine line, string problem)
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            log.Warning(
                $"The metrics file of {job.Id} has a malformed line, which is left out ({line.Description}). {problem} Other such lines are not reported."
            );
        }
    }
}
