using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Lists the DPO jobs of an account, or gets individual jobs.</summary>
[Cmdlet(
    VerbsCommon.Get,
    "FwDpoJob",
    DefaultParameterSetName = ListSet,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Get-FwDpoJob.md"
)]
[OutputType(typeof(DpoJob), ParameterSetName = [ListSet, IdSet])]
[OutputType(typeof(DpoJobPage), ParameterSetName = [PageSet])]
public sealed class GetFwDpoJobCommand : FwDpoJobCmdlet
{
    private const string ListSet = "List";
    private const string PageSet = "Page";
    private const string IdSet = "Id";
    private const long MaxReadAheadSize = 16L * 1024 * 1024;

    private int _written;
    private OrderedRequests<DpoJob> _requests = null!;

    /// <summary>IDs or full names (<c>accounts/acme/dpoJobs/nightly-1</c>) of the jobs to get, or job objects.</summary>
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

    /// <summary>Lists all jobs. Each request returns 200 jobs unless -PageSize is set.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Lists the first n jobs. Requests no more pages than necessary. Takes precedence over -All.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>Writes pages (<see cref="DpoJobPage"/>) instead of jobs, to page through a listing yourself.</summary>
    [Parameter(ParameterSetName = PageSet, Mandatory = true)]
    public SwitchParameter AsPage { get; set; }

    /// <summary>
    /// Selects jobs: an AIP-160 filter, which is sent to the service unchanged (<c>'state = JOB_STATE_FAILED'</c>), or a script
    /// block as in Where-Object (<c>{ $_.State -eq 'Failed' }</c>). The part of a script block that can be translated exactly is
    /// sent to the service. The result is always that of Where-Object with the same script block.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FilterCompleter))]
    public JobFilter? Filter { get; set; }

    /// <summary>
    /// Selects jobs in any of these states: <c>Failed, Cancelled</c>. The service's names (<c>JOB_STATE_FAILED</c>) are accepted
    /// too, including those that this version does not know.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateNotNullOrEmpty]
    [JobState]
    [ArgumentCompleter(typeof(JobStateCompleter))]
    public string[] State { get; set; } = [];

    /// <summary>Selects jobs created at this time or later: a time, or an age such as <c>7d</c> or <c>12h</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateNotNull]
    [PointInTime]
    public PointInTime? CreatedAfter { get; set; }

    /// <summary>Selects jobs created before this time: a time, or an age such as <c>7d</c> or <c>12h</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateNotNull]
    [PointInTime]
    public PointInTime? CreatedBefore { get; set; }

    /// <summary>
    /// Lists deleted jobs too, as long as the service retains them (30 days). They have the state Archived. -State Archived and
    /// -State Deleted imply it, and both select all deleted jobs.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <summary>
    /// The fields to order by, each followed by " desc" for descending order: <c>'CreateTime desc'</c>. Default: by name.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ArgumentCompleter(typeof(OrderByCompleter))]
    public string[]? OrderBy { get; set; }

    /// <summary>The number of jobs per request, 1 to 200. Default: 50, the service's default; with -All or -First, 200.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    [ValidateRange(1, ListDpoJobsRequest.MaximumPageSize)]
    public int PageSize { get; set; }

    /// <summary>
    /// The page to start at: the NextPageToken of a page that was listed with otherwise the same parameters. Empty for the first
    /// page. An age (<c>-CreatedAfter 7d</c>) is a different time in each call, so use a time instead.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    public string? PageToken { get; set; }

    /// <summary>
    /// The maximum number of parallel requests, 1 to 64. Default: 1. The result and its order stay the same. With -Id, several
    /// jobs are requested at once. In a listing, the jobs after the first page are read in ranges of creation time in parallel;
    /// this has an effect on listings of at least six pages by name or creation time: with -All, and with -First without a script
    /// block.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = IdSet)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>
    /// The fields to return; all others are <c>$null</c>. Without Name, jobs that the service returns twice cannot be recognized.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReadMaskCompleter))]
    public string[]? ReadMask { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _requests = new OrderedRequests<DpoJob>(ThrottleLimit);
    }

    /// <summary>Lists jobs, or gets each job that comes down the pipeline.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            var readMask = FieldList.ToReadMask(ReadMask);
            ForEachJob(SkipBlankLines(Id), _requests, name => Client.GetDpoJobAsync(name, readMask, Stopped));
        }
        else
        {
            ListJobs();
        }
    }

    /// <summary>Writes the jobs that are still being requested.</summary>
    protected override void EndProcessing() => WriteResults(_requests);

    private bool HasEnough => First > 0 && _written >= First;

    private void ListJobs()
    {
        var plan = ListingPlan.Create(CreateOptions());
        using var block = Filter?.ScriptBlock is { } script ? new WhereObject(script, SessionState.LanguageMode) : null;
        Func<DpoJob, bool> isWanted = block is null ? _ => true : block.Passes;
        string? target = null;
        DpoJobListing? listing = null;
        IDpoJobPager? pager = null;
        var progress = new ListingProgress(WriteProgress, SystemClock.Instance, plan.Options);
        try
        {
            var account = FindAccount();
            target = ResourceName.OfCollection(account, ResourceName.DpoJobs);
            listing = new DpoJobListing(Client, account, plan, FilterSupport.Of(Client.BaseUri, account), Log, Stopped);
            pager = listing.CreatePager();
            while (pager.HasMore && !HasEnough)
            {
                var page = Wait(pager.ReadPageAsync(), progress.Update);
                progress.Update(pager.Received, page.TotalSize);
                // Two large pages at once would take too much memory.
                WritePage(page, isWanted, plan.ReadsAhead && page.MemorySize < MaxReadAheadSize ? pager : null);
                WarnIfIncomplete(page, listing);
            }
            progress.Clear();
            WarnIfJobsAreMissing(pager);
            if (pager.MayHaveSkipped)
            {
                WriteWarning(
                    $"{_written:N0} jobs were returned, but others may have been skipped: jobs that leave a listing while it is read move the rest forward, and the service does not report enough to find them. To delete or cancel jobs, collect them first: @(Get-FwDpoJob …) | …"
                );
            }
        }
        catch (FwException failure)
        {
            progress.Clear();
            if (pager?.ResumePoint is { } point)
            {
                // A token that the user passed need not be repeated.
                var hint =
                    point.PageToken is { } token && token == plan.Options.PageToken
                        ? ""
                        : $"Everything before this page has been written. To continue, run the same command with {CreateHint(point, listing!)}.";
                failure = failure.Append(hint, point.PageToken);
            }
            else if (pager?.IsTokenRejected == true)
            {
                failure = failure.Append(
                    "Everything before this page has been written. The service no longer accepts the token of this page, and the rest could not be selected with a filter: run the command again."
                );
            }
            Throw(failure, target);
        }
    }

    private ListingOptions CreateOptions()
    {
        var selection = new JobSelection(
            CreateCriteria(),
            Filter?.Text,
            Filter?.ScriptBlock is { } block ? Translate(block) : null,
            IncludeArchived
        );
        foreach (var line in selection.Describe())
        {
            WriteVerbose(Client.RedactKey(line));
        }
        foreach (var warning in selection.Warnings)
        {
            WriteWarning(Client.RedactKey(warning));
        }
        return new ListingOptions(selection)
        {
            All = All,
            First = First > 0 ? First : null,
            PageSize = PageSize > 0 ? PageSize : null,
            PageToken = string.IsNullOrEmpty(PageToken) ? null : PageToken,
            OrderBy = FieldList.ToOrderBy(OrderBy),
            ReadMask = FieldList.ToReadMask(ReadMask),
            ThrottleLimit = ThrottleLimit,
        };
    }

    private FilterTranslation Translate(ScriptBlock block)
    {
        try
        {
            return ScriptBlockFilter.Translate(this, block, KnownAccountId);
        }
        catch (FwInvalidFilterException failure)
        {
            Throw(failure, block);
            throw;
        }
    }

    private JobCriteria CreateCriteria()
    {
        var now = SystemClock.Instance.UtcNow;
        var criteria = new JobCriteria(State, CreatedAfter?.Resolve(now), CreatedBefore?.Resolve(now));
        if (criteria.CreatedAfter >= criteria.CreatedBefore)
        {
            Throw(
                new FwParameterException(
                    $"No job can match: -CreatedBefore ({criteria.CreatedBefore:u}) is not later than -CreatedAfter ({criteria.CreatedAfter:u})."
                ),
                null
            );
        }
        if (criteria.CreatedAfter > now)
        {
            WriteWarning($"No job can match yet: -CreatedAfter ({criteria.CreatedAfter:u}) is in the future.");
        }
        return criteria;
    }

    private void WritePage(DpoJobPage page, Func<DpoJob, bool> isWanted, IDpoJobPager? readAhead)
    {
        if (AsPage)
        {
            readAhead?.ReadAhead();
            // Not a collection expression: PowerShell cannot index the list that it creates.
            page.Jobs = page.Jobs.Where(isWanted).ToList();
            _written += page.Jobs.Count;
            WriteObject(page);
            return;
        }
        for (var i = 0; i < page.Jobs.Count && !HasEnough; i++)
        {
            if (i == 1)
            {
                readAhead?.ReadAhead();
            }
            if (isWanted(page.Jobs[i]))
            {
                _written++;
                WriteObject(page.Jobs[i]);
            }
        }
    }

    private void WarnIfIncomplete(DpoJobPage page, DpoJobListing listing)
    {
        if (All || First > 0 || AsPage || page.NextPageToken is not { } token)
        {
            return;
        }
        var options = listing.Plan.Options;
        // The position of this page is only known at the start, and local filtering removes an unknown number of jobs.
        var isCountKnown = options is { PageToken: null, Selection.HasScriptBlock: false } && !listing.IsFilterRejected;
        var rest = isCountKnown ? page.TotalSize - page.Jobs.Count : null;
        var more = rest > 0 ? $"{rest:N0} more {(rest == 1 ? "job is" : "jobs are")}" : "more jobs are";
        WriteWarning(
            $"Only {(options.PageToken is null ? "the first" : "one")} page was returned; {more} available."
                + $" Use -All, -First <n>, or continue with {CreateHint(new ResumePoint(token), listing)}."
        );
    }

    // Only a listing from its beginning to its end has a number to compare with.
    private void WarnIfJobsAreMissing(IDpoJobPager pager)
    {
        if (pager is { Missing: > 0 and var missing, MayHaveSkipped: false })
        {
            WriteWarning(
                $"The listing ended early: the service sent {pager.Received:N0} jobs, but counted {pager.Received + missing:N0}. The count may be an estimate; if it is not, {missing:N0} {(missing == 1 ? "job is" : "jobs are")} missing. Run the command again, and compare."
            );
        }
    }

    private ResumeHint CreateHint(ResumePoint point, DpoJobListing listing)
    {
        var options = listing.Plan.Options;
        return new ResumeHint
        {
            PageToken = point.PageToken,
            PageSize = listing.PageSize,
            ReadMask =
                point.PageToken is not null && listing.Plan.ReadMask != options.ReadMask ? listing.Plan.ReadMask : null,
            First = options.First - _written,
            // A token is only valid with its filter, and ages and script blocks may now give other timestamps.
            Filter = point.Filter ?? (listing.HasTimestamps ? listing.Filter : null),
            HasScriptBlock = options.Selection.HasScriptBlock,
            KeepsState = options.Selection.Criteria.SelectsDeleted,
            RepeatsJobs = point.RepeatsJobs,
        };
    }
}
