using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>The pages of one range, with the jobs that have come and wait for their turn. Not for several threads at once.</summary>
internal sealed class RangeReader
{
    private readonly PageReader _pages;
    private readonly Queue<DpoJob> _jobs = new();

    /// <summary>Begins a range. Nothing is asked for before <see cref="Request"/>.</summary>
    public RangeReader(IRangeSource source, CreateTimeRange range)
    {
        _pages = new PageReader(
            token => source.FetchRangeAsync(range, token),
            describe: token => source.DescribeRange(range, token)
        );
    }

    /// <summary>The page that has been asked for. Null when none has.</summary>
    public Task<DpoJobPage>? Requested { get; private set; }

    /// <summary>Whether every page has been received.</summary>
    public bool IsAtEnd => _pages.IsAtEnd && Requested is null;

    /// <summary>Whether the next page has been read already.</summary>
    public bool IsLoop => _pages.IsLoop;

    /// <summary>Why there will be no further page. Null when nothing is in the way.</summary>
    public FwException? Failure { get; private set; }

    /// <summary>How many jobs wait for their turn.</summary>
    public int Waiting => _jobs.Count;

    /// <summary>The job whose turn is next. There must be one waiting.</summary>
    public DpoJob Next => _jobs.Peek();

    /// <summary>Whether there is a page that can be asked for.</summary>
    public bool HasMore => !_pages.IsAtEnd && Requested is null && Failure is null;

    /// <summary>Asks for the next page. There must be one.</summary>
    public void Request() => Requested = _pages.ReadPageAsync();

    /// <summary>Takes in the page that was asked for. A failure is kept until the page is needed.</summary>
    public async Task ReceiveAsync()
    {
        try
        {
            await ReceivePageAsync().ConfigureAwait(false);
        }
        catch (FwException failure)
        {
            Failure = failure;
        }
    }

    /// <summary>Takes in the page that was asked for.</summary>
    /// <exception cref="FwException">The page is not to be had.</exception>
    public async Task<DpoJobPage> ReceivePageAsync()
    {
        var requested = Requested!;
        Requested = null;
        var page = await requested.ConfigureAwait(false);
        foreach (var job in page.Jobs.Where(job => job is not null))
        {
            _jobs.Enqueue(job);
        }
        return page;
    }

    /// <summary>Takes the job whose turn is next.</summary>
    public DpoJob Take() => _jobs.Dequeue();
}
