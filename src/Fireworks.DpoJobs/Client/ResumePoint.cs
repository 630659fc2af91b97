using System.Text;

namespace Fireworks.DpoJobs.Client;

/// <summary>From where a listing that failed can be taken up again.</summary>
/// <param name="PageToken">The token of the page that is missing. Null for the first.</param>
/// <param name="PageSize">The page size that belongs to the token. Null for the service's default.</param>
/// <param name="Remaining">How many jobs are still wanted. Null for all.</param>
internal sealed record ResumePoint(string? PageToken, int? PageSize, long? Remaining)
{
    /// <summary>
    /// The filter that belongs to the token, where the same command would make another, since times in it have gone on. Null
    /// where it would not.
    /// </summary>
    public string? Filter { get; init; }

    /// <summary>Whether a script block has to pass on top of the filter.</summary>
    public bool IsFilteredAfterwards { get; init; }

    /// <summary>Parameters that go on from there.</summary>
    public string Parameters
    {
        get
        {
            var text = new StringBuilder();
            if (PageToken is { } token)
            {
                text.Append(" -PageToken ").Append(ArgumentText.Quote(token));
            }
            if (PageSize is { } size)
            {
                text.Append(" -PageSize ").Append(size);
            }
            // Behind a pipe it is not -First that counts what passes.
            if (Remaining is { } jobs && !IsFilteredBehind)
            {
                text.Append(" -First ").Append(jobs);
            }
            if (Filter is { } filter)
            {
                text.Append(" -Filter ").Append(ArgumentText.Quote(filter));
            }
            return text.ToString().TrimStart();
        }
    }

    /// <summary>What to know about the parameters. Empty when there is nothing to know.</summary>
    public string Remark =>
        (Filter is null ? "" : " (the filter that was sent, in place of what it was made of)")
        + (IsFilteredBehind ? ", and | Where-Object with the same script block behind it" : "");

    private bool IsFilteredBehind => Filter is not null && IsFilteredAfterwards;

    /// <summary>Parameters that go on from there, with what to know about them.</summary>
    public override string ToString() => Parameters + Remark;
}
