using System;
using System.Linq;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Lists the DPO jobs of an account, or gets single ones.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "FwDpoJob",
    DefaultParameterSetName = ListSet,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Get-FwDpoJob.md"
)]
[OutputType(typeof(DpoJob), ParameterSetName = [ListSet, IdSet])]
[OutputType(typeof(DpoJobPage), ParameterSetName = [PageSet])]
public sealed class GetFwDpoJobCommand : FwConnectedCmdlet
{
    private const string ListSet = "List";
    private const string PageSet = "Page";
    private const string IdSet = "Id";
    private const int MaximumThrottleLimit = 64;

    private int _written;

    /// <summary>Ids or full names (<c>accounts/acme/dpoJobs/nightly-1</c>) of the jobs to get, or jobs from another call.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [Alias("Name")]
    [DpoJobReference]
    public DpoJobReference[] Id { get; set; } = [];

    /// <summary>All pages. Each holds 200 jobs unless -PageSize says otherwise.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The first n jobs of the listing. No more pages are asked for than that takes.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>Pages (<see cref="DpoJobPage"/>) instead of jobs, to go through a listing by hand.</summary>
    [Parameter(ParameterSetName = PageSet, Mandatory = true)]
    public SwitchParameter AsPage { get; set; }

    /// <summary>
    /// Which jobs: an AIP-160 filter that the service evaluates, sent as it is (<c>'state = JOB_STATE_FAILED'</c>), or a script
    /// block as Where-Object takes it (<c>{ $_.State -eq 'Failed' }</c>). Of a block, the service is asked for the part that
    /// certainly means the same to it; the result is always that of Where-Object with the same block.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ArgumentCompleter(typeof(FilterCompleter))]
    public JobFilter? Filter { get; set; }

    /// <summary>
    /// Jobs in any of these states: <c>Failed, Cancelled</c>. The service's spelling (<c>JOB_STATE_FAILED</c>) is taken too, also of
    /// states that this version does not know.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateNotNullOrEmpty]
    [JobState]
    [ArgumentCompleter(typeof(JobStateCompleter))]
    public string[] State { get; set; } = [];

    /// <summary>Jobs created at this time or later: a time, or an age such as <c>7d</c> or <c>12h</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateNotNull]
    public PointInTime? CreatedAfter { get; set; }

    /// <summary>Jobs created before this time: a time, or an age such as <c>7d</c> or <c>12h</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateNotNull]
    public PointInTime? CreatedBefore { get; set; }

    /// <summary>
    /// Fields to order by, each with " desc" for a descending order: <c>'CreateTime desc'</c>. The service orders by
    /// name when there is none.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ArgumentCompleter(typeof(OrderByCompleter))]
    public string[]? OrderBy { get; set; }

    /// <summary>Jobs on a page, 1 to 200. The service's default is 50; with -All it is 200 here.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateRange(1, ListQuery.MaximumPageSize)]
    public int PageSize { get; set; }

    /// <summary>
    /// Where to begin: the NextPageToken of a page that was read with the same other parameters. Empty for the start. An age
    /// (<c>-CreatedAfter 7d</c>) is another time with every call: give a time instead.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    public string? PageToken { get; set; }

    /// <summary>
    /// How many requests of a listing may run side by side, 1 to 64. With more than one, the jobs past the first page are cut into
    /// so many ranges of creation time, which are read at the same time; what comes, and in which order, stays the same. Takes
    /// effect on listings of six pages or more: with -All by name or by creation time, with -First by name.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, MaximumThrottleLimit)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>
    /// Fields to return; all others are <c>$null</c>. Without Name in it, a job that the service sends twice cannot be
    /// recognised.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReadMaskCompleter))]
    public string[]? ReadMask { get; set; }

    /// <summary>Lists once, or gets each job that comes down the pipeline.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var reference in Id)
            {
                GetJob(reference);
            }
        }
        else
        {
            ListJobs();
        }
    }

    private void GetJob(DpoJobReference reference)
    {
        object target = reference.ToString();
        try
        {
            var name = reference.Resolve(FindAccount);
            target = name.ToString();
            WriteObject(Wait(Client.GetDpoJobAsync(name, FieldList.ToReadMask(ReadMask), Stopped)));
        }
        catch (Exception exception) when (IsFatal(exception))
        {
            Throw(exception, target);
        }
        catch (FwException exception)
        {
            Report(exception, target);
        }
    }

    // The key is refused, so the next job would fail in the same way. A 403 of another kind is about one account.
    private static bool IsFatal(Exception exception) =>
        exception is FwConfigurationException or FwApiException { IsKeyRejected: true };

    private void ListJobs()
    {
        var selection = JobSelection.Create(this, Filter, State, CreatedAfter, CreatedBefore);
        foreach (var line in selection.Describe())
        {
            WriteVerbose(Client.WithoutKey(line));
        }
        foreach (var warning in selection.Warnings)
        {
            WriteWarning(Client.WithoutKey(warning));
        }
        var request = new ListingPlan(this, selection);
        string? target = null;
        DpoJobListing? listing = null;
        IDpoJobPager? pager = null;
        using var block = selection.Block is { } filter ? new WhereObject(filter, SessionState.LanguageMode) : null;
        try
        {
            var query = request.CreateQuery(FindAccount());
            target = ResourceName.OfCollection(query.AccountId, ResourceName.DpoJobs);
            listing = new DpoJobListing(Client, query, selection.Filter, request.WholePageSize, Log, Stopped);
            pager = request.CreatePager(listing, Log);
            while (pager.HasMore && !HasEnough)
            {
                var page = Wait(pager.ReadPageAsync());
                Write(page, block, request.ReadsAhead ? pager.ReadAhead : () => { });
                WarnOfMore(page, request, listing, isFiltered: block is not null);
            }
        }
        catch (FwException failure) when (failure.ResumePoint is { } point)
        {
            failure.SetResumePoint(
                request.Complete(point, listing!) with
                {
                    Remaining = First > 0 ? First - _written : null,
                },
                isKnown: !pager!.HasRead
            );
            Throw(failure, target);
        }
        catch (FwException exception)
        {
            Throw(exception, target);
        }
    }

    private bool HasEnough => First > 0 && _written >= First;

    private void Write(DpoJobPage page, WhereObject? block, Action readAhead)
    {
        if (AsPage)
        {
            readAhead();
            if (block is not null)
            {
                page.Jobs = [.. page.Jobs.Where(block.Passes)];
            }
            WriteObject(page);
            return;
        }
        foreach (var job in page.Jobs)
        {
            if (block?.Passes(job) != false)
            {
                _written++;
                WriteObject(job);
                if (HasEnough)
                {
                    return;
                }
            }
            readAhead();
        }
        readAhead();
    }

    private void WarnOfMore(DpoJobPage page, ListingPlan request, DpoJobListing listing, bool isFiltered)
    {
        if (All || First > 0 || AsPage || page.NextPageToken is not { } token)
        {
            return;
        }
        // Where this page stands in the listing is known only from its start, and of what is filtered here only part is wanted.
        var rest =
            request.IsFromStart && !isFiltered && !listing.IsFilterRefused ? page.TotalSize - page.Jobs.Count : null;
        var what = rest > 0 ? $"{rest:N0} more {(rest == 1 ? "job is" : "jobs are")} waiting" : "More jobs are waiting";
        var point = request.Complete(new ResumePoint(token, null, null), listing);
        WriteWarning(
            $"{what}: this is one page. Use -All for every job, -First for a number of them, or go on with {point}."
        );
    }
}
