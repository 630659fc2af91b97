using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// The progress of a listing of several pages, shown once it has taken more than a second: how many jobs were received, and of
/// how many where that is known.
/// </summary>
/// <param name="write">Writes a progress record. Called only from the methods of this class.</param>
/// <param name="clock">The clock.</param>
/// <param name="options">The options of the listing.</param>
internal sealed class ListingProgress(Action<ProgressRecord> write, IClock clock, ListingOptions options)
{
    private const string Activity = "Listing DPO jobs";

    private readonly ProgressPace _pace = new(clock, TimeSpan.FromSeconds(1));
    private long _received;
    private long? _total;

    /// <summary>Records that a page was received.</summary>
    /// <param name="received">The number of jobs received so far.</param>
    /// <param name="total">The number of jobs in the listing, as counted by the service. Null when unknown.</param>
    public void Update(long received, long? total)
    {
        _received = received;
        // Later counts may be those of a part of the listing.
        _total ??= FindTotal(total);
        Update();
    }

    /// <summary>Shows how many jobs were received, unless that was shown just before.</summary>
    public void Update()
    {
        if (_received == 0 || !_pace.IsDue())
        {
            return;
        }
        var isTotalKnown = _total >= _received;
        write(
            new ProgressRecord(
                PipelineLog.ListingProgressId,
                Activity,
                isTotalKnown ? $"{_received:N0} of {_total:N0} jobs" : $"{_received:N0} jobs"
            )
            {
                PercentComplete = isTotalKnown ? (int)(100.0 * _received / _total!.Value) : -1,
            }
        );
    }

    /// <summary>Removes the progress from the console.</summary>
    public void Clear()
    {
        if (_pace.HasShown)
        {
            write(
                new ProgressRecord(PipelineLog.ListingProgressId, Activity, "Completed")
                {
                    RecordType = ProgressRecordType.Completed,
                }
            );
        }
    }

    // The position of a page token is unknown. With local filtering, it is unknown how many jobs -First needs.
    private long? FindTotal(long? total) =>
        options.PageToken is not null ? null
        : options.First < total && options.Selection.IsFullyPushedDown ? options.First
        : total;
}
