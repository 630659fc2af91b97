using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>The base of the cmdlets that read the metrics and logs that jobs write while they train.</summary>
public abstract class FwReadingCmdlet : FwDpoJobCmdlet
{
    private readonly List<(ResourceName Name, DpoJob? Job)> _followed = [];
    private readonly ProgressPace _pace = new(SystemClock.Instance, TimeSpan.Zero);

    /// <summary>IDs or full names (<c>accounts/acme/dpoJobs/nightly-1</c>) of the jobs, or job objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [DpoJobReference]
    public DpoJobReference[] Id { get; set; } = [];

    /// <summary>
    /// Continues to read until the jobs end. Several jobs are followed together, when all of them have arrived.
    /// </summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// The time between two polls with -Wait, which it needs, at least 0.1 s: a TimeSpan, a number of seconds, or a string such as
    /// <c>30s</c> or <c>1m</c>. Default: 2, 4 and 8 s, then 15 s, and 60 s after an hour.
    /// </summary>
    [Parameter]
    [Duration(0.1)]
    public TimeSpan? PollingInterval { get; set; }

    /// <summary>The number of objects at the end of each file to start with. Null for all.</summary>
    private protected abstract int? LastCount { get; }

    /// <summary>The content of the files, for the progress: <c>metrics</c>.</summary>
    private protected abstract string Content { get; }

    /// <summary>Whether a job without a file after the start of its training never gets one.</summary>
    private protected abstract bool ExpectsFileInTraining { get; }

    /// <summary>The file of a job.</summary>
    private protected abstract JobFile FindFile(ResourceName name, DpoJob? job);

    /// <summary>Creates the converter for the lines of a job's file.</summary>
    private protected abstract ILineConverter CreateConverter(ResourceName name);

    /// <summary>Reports a job that has no file.</summary>
    private protected abstract void ReportMissing(ResourceName name);

    /// <summary>Rejects a polling interval without -Wait, and finds the API key.</summary>
    protected override void BeginProcessing()
    {
        if (PollingInterval is not null && !Wait)
        {
            Throw(new FwParameterException("-PollingInterval needs -Wait."), PollingInterval);
        }
        base.BeginProcessing();
    }

    /// <summary>Reads the files of the jobs that come down the pipeline, or collects the jobs to follow.</summary>
    protected override void ProcessRecord()
    {
        foreach (var job in SkipBlankLines(Id))
        {
            if (TryFindName(job) is not { } name)
            {
                continue;
            }
            if (!Wait)
            {
                Read(name, job.Job);
            }
            else if (_followed.TrueForAll(other => other.Name != name))
            {
                _followed.Add((name, job.Job));
            }
        }
    }

    /// <summary>Follows the jobs that were collected.</summary>
    protected override void EndProcessing()
    {
        if (_followed.Count > 0)
        {
            Follow();
        }
    }

    private void Read(ResourceName name, DpoJob? job)
    {
        using var reader = CreateReader(name, job);
        reader.IsFinalRead = true;
        reader.IsJobFinished = job?.IsFinished == true;
        while (TryWait(reader.ReadAsync(), name.ToString()) is { } items)
        {
            Write(items);
        }
        if (reader.IsMissing)
        {
            ReportMissing(name);
        }
    }

    private void Follow()
    {
        var jobs = _followed.Select(job => new FollowedJob(job.Name, job.Job, CreateReader(job.Name, job.Job)));
        using var follower = new JobFollower(Client, jobs, PollingInterval, Log, Stopped)
        {
            ExpectsFileInTraining = ExpectsFileInTraining,
        };
        try
        {
            while (Wait(follower.ReadAsync(), () => ShowProgress(follower)) is { } result)
            {
                Write(result.Items);
                if (result.Failure is not null)
                {
                    Report(result.Failure, result.Name.ToString());
                }
                if (result.HasNoFile)
                {
                    ReportMissing(result.Name);
                }
            }
            ClearProgress();
        }
        catch (FwException failure)
        {
            ClearProgress();
            Throw(failure, null);
        }
    }

    private JobReader CreateReader(ResourceName name, DpoJob? job)
    {
        var converter = CreateConverter(name);
        var lines = new LineReader(Client, FindFile(name, job), converter.DividesLongLines, Stopped)
        {
            WarnOfReplacement = Wait ? Log.Warning : null,
        };
        return new JobReader(lines, converter, LastCount);
    }

    // Item by item, because a later command may need no more objects.
    private void Write(IReadOnlyList<object> items)
    {
        foreach (var item in items)
        {
            WriteObject(item);
        }
    }

    private void ShowProgress(JobFollower follower)
    {
        if (!_pace.IsDue())
        {
            return;
        }
        WriteProgress(
            new ProgressRecord(
                PipelineLog.WaitProgressId,
                $"Following the {Content} of DPO jobs",
                $"{_followed.Count - follower.Count} of {_followed.Count} finished"
            )
        );
    }

    private void ClearProgress()
    {
        if (_pace.HasShown)
        {
            WriteProgress(
                new ProgressRecord(PipelineLog.WaitProgressId, $"Following the {Content} of DPO jobs", "Completed")
                {
                    RecordType = ProgressRecordType.Completed,
                }
            );
        }
    }
}
