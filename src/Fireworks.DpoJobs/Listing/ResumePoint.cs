using System.Text;

namespace Fireworks.DpoJobs;

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

    /// <summary>The fields that belong to the token, where they are not those that the user named. Null where they are.</summary>
    public string? ReadMask { get; init; }

    /// <summary>Whether jobs that came may come again.</summary>
    public bool RepeatsJobs { get; init; }

    /// <summary>Parameters that go on from there, and what to know about them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (PageToken is { } token)
        {
            text.Append("-PageToken ").Append(PowerShellQuoting.Quote(token)).Append(' ');
        }
        if (PageSize is { } size)
        {
            text.Append("-PageSize ").Append(size).Append(' ');
        }
        if (ReadMask is { } mask)
        {
            text.Append("-ReadMask ").Append(PowerShellQuoting.Quote(mask)).Append(' ');
        }
        var isFilteredBehind = Filter is not null && IsFilteredAfterwards;
        // Behind a pipe it is not -First that counts what passes.
        if (Remaining is { } jobs && !isFilteredBehind)
        {
            text.Append("-First ").Append(jobs).Append(' ');
        }
        if (Filter is { } filter)
        {
            text.Append("-Filter ")
                .Append(PowerShellQuoting.Quote(filter))
                .Append(" (which stands for -Filter, -State, -CreatedAfter and -CreatedBefore")
                .Append(RepeatsJobs ? "; jobs of the same moment come again)" : ")")
                .Append(isFilteredBehind ? ", and | Where-Object with the same script block behind it" : "");
        }
        return text.ToString().TrimEnd();
    }
}
