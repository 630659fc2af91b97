namespace Fireworks.DpoJobs;

/// <summary>A listing that can be read in ranges of creation time.</summary>
internal interface IRangeSource
{
    /// <summary>Whether ranges can be requested. Known after the first page of the listing.</summary>
    bool CanBeSplit { get; }

    /// <summary>Retrieves a page of the jobs that were created in a range, in the order of the listing.</summary>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    Task<DpoJobPage> FetchRangeAsync(CreateTimeRange range, string? pageToken);

    /// <summary>Retrieves a page with one job of the listing, at least with its name and creation time.</summary>
    /// <param name="newest">Whether to retrieve the newest job, otherwise the oldest.</param>
    /// <exception cref="FwException">The page could not be retrieved.</exception>
    Task<DpoJobPage> FetchEndAsync(bool newest);

    /// <summary>The request for a page of a range, without the API key.</summary>
    string DescribeRange(CreateTimeRange range, string? pageToken);

    /// <summary>Where the listing continues after a job. Null when that cannot be expressed as a filter.</summary>
    ResumePoint? FindResumePoint(DpoJob last, ListingOrder order);
}
