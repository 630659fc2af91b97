using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>A listing of which parts can be asked for.</summary>
internal interface IRangeSource
{
    /// <summary>The page size of all requests. Null for the service's default.</summary>
    int? PageSize { get; }

    /// <summary>Whether the service can be asked for a range. Known after the first page of the listing.</summary>
    bool CanBeCut { get; }

    /// <summary>A page of the jobs that were created in a range, in the order of the listing.</summary>
    /// <exception cref="FwException">The page is not to be had.</exception>
    Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken);

    /// <summary>A page with one job of the listing, of which no more than name and creation time need be there.</summary>
    /// <param name="newest">Whether it is the one that was created last; else the first.</param>
    /// <exception cref="FwException">The page is not to be had.</exception>
    Task<DpoJobPage> FetchEndAsync(bool newest);

    /// <summary>The request for a page, as errors show it.</summary>
    string DescribeRange(CreateTimeRange range, string? pageToken);

    /// <summary>From where the listing goes on after a job. Null when that cannot be said.</summary>
    /// <param name="last">The job that was given last.</param>
    /// <param name="order">The order of the listing.</param>
    ResumePoint? FindRest(DpoJob last, ListingOrder order);
}
