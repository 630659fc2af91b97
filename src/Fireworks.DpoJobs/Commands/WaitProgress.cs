using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// The progress of waiting: one bar for all jobs, and below it one line for each of the first jobs, with its state and how long
/// it has been in it.
/// </summary>
/// <param name="cmdlet">The cmdlet that waits.</param>
/// <param name="waiter">Waits for the jobs.</param>
/// <param name="clock">The clock.</param>
internal sealed class WaitProgress(PSCmdlet cmdlet, JobWaiter waiter, IClock clock)
{
    private const int MaxLines = 10;

    private readonly Dictionary<string, int> _lines = [];
    private readonly ProgressPace _pace = new(clock, TimeSpan.Zero);

    /// <summary>Shows the present state, unless the last update was just before. Only on the pipeline thread.</summary>
    public void Update()
    {
        var now = clock.UtcNow;
        if (!_pace.IsDue())
        {
            return;
        }
        var waiting = waiter.Waiting;
        var finished = waiter.Total - waiting.Count;
        cmdlet.WriteProgress(
            new ProgressRecord(
                PipelineLog.WaitProgressId,
                "Waiting for DPO jobs",
                $"{finished} of {waiter.Total} finished"
            )
            {
                PercentComplete = waiter.Total == 0 ? 100 : 100 * finished / waiter.Total,
            }
        );
        var names = new HashSet<string>(waiting.Select(job => job.Name.ToString()));
        foreach (var name in _lines.Keys.Where(name => !names.Contains(name)).ToList())
        {
            Complete(_lines[name]);
            _lines.Remove(name);
        }
        foreach (var job in waiting)
        {
            if (!_lines.TryGetValue(job.Name.ToString(), out var line))
            {
                if (_lines.Count == MaxLines)
                {
                    continue;
                }
                line = Enumerable.Range(1, MaxLines).First(number => !_lines.ContainsValue(number));
                _lines.Add(job.Name.ToString(), line);
            }
            var status = job.Job is null
                ? "requesting its state"
                : $"{JobStates.NameOf(job.Job)} for {ViewFormatter.FormatDuration(now - job.Since)}";
            cmdlet.WriteProgress(
                new ProgressRecord(PipelineLog.WaitProgressId + line, job.Name.Id, status)
                {
                    ParentActivityId = PipelineLog.WaitProgressId,
                }
            );
        }
    }

    /// <summary>Removes the progress from the console.</summary>
    public void Clear()
    {
        foreach (var line in _lines.Values)
        {
            Complete(line);
        }
        _lines.Clear();
        Complete(0);
    }

    private void Complete(int line) =>
        cmdlet.WriteProgress(
            new ProgressRecord(PipelineLog.WaitProgressId + line, "Waiting for DPO jobs", "Completed")
            {
                ParentActivityId = line == 0 ? -1 : PipelineLog.WaitProgressId,
                RecordType = ProgressRecordType.Completed,
            }
        );
}
