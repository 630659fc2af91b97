using System;
using System.Management.Automation;
using Fireworks.DpoJobs.Arguments;
using Fireworks.DpoJobs.Client;
using Fireworks.DpoJobs.Connection;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Commands;

/// <summary>Lists the DPO jobs of an account, or gets single ones.</summary>
[Cmdlet(VerbsCommon.Get, "FwDpoJob", DefaultParameterSetName = ListSet)]
[OutputType(typeof(DpoJob), ParameterSetName = [ListSet, IdSet])]
[OutputType(typeof(DpoJobPage), ParameterSetName = [PageSet])]
public sealed class GetFwDpoJobCommand : FwServiceCmdlet
{
    private const string ListSet = "List";
    private const string PageSet = "Page";
    private const string IdSet = "Id";

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

    /// <summary>An AIP-160 filter that the service evaluates, sent as it is: <c>state=FAILED</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    public string? Filter { get; set; }

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
    /// Where to begin: the NextPageToken of a page that was read with the same other parameters. Empty for the start.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = PageSet)]
    public string? PageToken { get; set; }

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
        catch (Exception exception) when (exception is FwException or FwInvalidJobIdException)
        {
            Report(exception, target);
        }
    }

    // The key is refused, so the next job would fail in the same way. A 403 of another kind is about one account.
    private static bool IsFatal(Exception exception) =>
        exception is FwConfigurationException or FwApiException { IsKeyRefused: true };

    private void ListJobs()
    {
        string? target = null;
        try
        {
            var query = CreateQuery();
            target = $"accounts/{query.AccountId}/dpoJobs";
            var pager = new DpoJobPager(
                token => Client.ListDpoJobsAsync(query, token, Stopped),
                string.IsNullOrEmpty(PageToken) ? null : PageToken,
                query.PageSize,
                isWholeListing: All,
                First == 0 ? null : First,
                token => Client.DescribeList(query, token)
            );
            while (pager.HasMore)
            {
                Write(Wait(pager.ReadPageAsync()));
            }
        }
        catch (Exception exception) when (exception is FwException or FwConfigurationException)
        {
            Throw(exception, target);
        }
    }

    private ListQuery CreateQuery() =>
        new(FindAccount())
        {
            Filter = Filter,
            OrderBy = FieldList.ToOrderBy(OrderBy),
            ReadMask = FieldList.ToReadMask(ReadMask),
            PageSize = FindPageSize(),
        };

    private int? FindPageSize()
    {
        int? most =
            PageSize > 0 ? PageSize
            : All || First > 0 ? ListQuery.MaximumPageSize
            : null;
        return First > 0 ? Math.Min(First, most!.Value) : most;
    }

    private void Write(DpoJobPage page)
    {
        if (AsPage)
        {
            WriteObject(page);
            return;
        }
        foreach (var job in page.Jobs)
        {
            WriteObject(job);
        }
        if (!All && First == 0 && page.NextPageToken is { } token)
        {
            WriteWarning(MoreWaiting(page, token));
        }
    }

    private string MoreWaiting(DpoJobPage page, string token)
    {
        // Where this page stands in the listing is known only from its start.
        var rest = string.IsNullOrEmpty(PageToken) ? page.TotalSize - page.Jobs.Count : null;
        var what = rest > 0 ? $"{rest:N0} more {(rest == 1 ? "job is" : "jobs are")} waiting" : "More jobs are waiting";
        return $"{what}: this is one page. Use -All for every job, -First for a number of them, or go on with -PageToken {PageTokenText.Quote(token)}.";
    }
}
