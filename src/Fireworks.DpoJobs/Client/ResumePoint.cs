using System.Text;

namespace Fireworks.DpoJobs.Client;

/// <summary>From where a listing that failed can be taken up again.</summary>
/// <param name="PageToken">The token of the page that is missing.</param>
/// <param name="PageSize">The page size that belongs to the token. Null for the service's default.</param>
/// <param name="Remaining">How many jobs are still wanted. Null for all.</param>
internal sealed record ResumePoint(string PageToken, int? PageSize, long? Remaining)
{
    /// <summary>
    /// The filter that belongs to the token, where the same command would make another, since times in it have gone on. Null
    /// where it would not.
    /// </summary>
    public string? Filter { get; init; }

    /// <summary>Whether a script block has to pass on top of the filter.</summary>
    public bool IsFilteredAfterwards { get; init; }

    /// <summary>Parameters that go on from there.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("-PageToken ").Append(ArgumentText.Quote(PageToken));
        if (PageSize is { } size)
        {
            text.Append(" -PageSize ").Append(size);
        }
        var isFilteredBehind = Filter is not null && IsFilteredAfterwards;
        // Behind a pipe it is not -First that counts what passes.
        if (Remaining is { } jobs && !isFilteredBehind)
        {
            text.Append(" -First ").Append(jobs);
        }
        if (Filter is { } filter)
        {
            text.Append(" -Filter ")
                .Append(ArgumentText.Quote(filter))
                .Append(" (the filter that was sent, in place of what it was made of)")
                .Append(isFilteredBehind ? ", and | Where-Object with the same script block behind it" : "");
        }
        return text.ToString();
    }
}
