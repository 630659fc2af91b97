using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Client.Ranges;

/// <summary>The pages of one range, with the jobs that have come and wait for their turn. Not for several threads at once.</summary>
internal sealed class RangeChain
{
    private readonly PageChain _pages;
    private readonly Queue<DpoJob> _jobs = new();
    private long _received;
    private long? _total;

    /// <summary>Begins a range. Nothing is asked for before <see cref="Request"/>.</summary>
    public RangeChain(IRangeSource source, TimeRange range)
    {
        Range = range;
        _pages = new PageChain(
            token => source.FetchRangeAsync(range, token),
            describe: token => source.DescribeRange(range, token)
        );
    }

    /// <summary>Which jobs.</summary>
    public TimeRange Range { get; }

    /// <summary>The page that has been asked for. Null when none has.</summary>
    public Task<DpoJobPage>? Requested { get; private set; }

    /// <summary>The token of the page that is to be asked for next. Null for the first.</summary>
    public string? PageToken => _pages.PageToken;

    /// <summary>Whether every page has been received.</summary>
    public bool IsAtEnd => _pages.IsAtEnd && Requested is null;

    /// <summary>Whether all pages have come and fewer jobs were on them than the service counts.</summary>
    public bool IsShort => IsAtEnd && _received < _total;

    /// <summary>How many jobs wait for their turn.</summary>
    public int Waiting => _jobs.Count;

    /// <summary>The job whose turn is next. There must be one waiting.</summary>
    public DpoJob Next => _jobs.Peek();

    /// <summary>Asks for the next page. There must be one, and none asked for.</summary>
    public void Request() => Requested = _pages.ReadPageAsync();

    /// <summary>Takes in the page that was asked for.</summary>
    /// <exception cref="FwException">The page is not to be had.</exception>
    public async Task<DpoJobPage> ReceiveAsync()
    {
        var requested = Requested!;
        Requested = null;
        var page = await requested.ConfigureAwait(false);
        foreach (var job in page.Jobs.Where(job => job is not null))
        {
            _jobs.Enqueue(job);
        }
        _received += page.Jobs.Count;
        // As jobs come and go, the last count is the one that the last page goes with.
        _total = page.TotalSize;
        return page;
    }

    /// <summary>Takes the job whose turn is next.</summary>
    public DpoJob Take() => _jobs.Dequeue();
}
