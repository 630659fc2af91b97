namespace Fireworks.DpoJobs;

/// <summary>The filter of a listing: what the user wrote, and what was made of other parameters.</summary>
/// <param name="Written">An AIP-160 filter of the user's. Null for none.</param>
/// <param name="Made">What was made. Null for none. The listing filters by it again, so it may be left out.</param>
internal sealed record ListFilter(string? Written, FilterNode? Made)
{
    // It travels in the address, which front ends refuse when it is longer than some 8,000 bytes.
    private const int LongestMade = 2000;

    /// <summary>What is sent. Null for nothing.</summary>
    public string? Text
    {
        get
        {
            if (MadeText is not { } made)
            {
                return Written;
            }
            // AND binds loosest, so what was made stands for itself; what was written may hold anything.
            return Written is null ? made : $"({Written}) AND {Enclose(made)}";
        }
    }

    /// <summary>The part of what is sent that was made. Null for nothing.</summary>
    public string? MadeText =>
        Made is not null && CanBeJoined && FilterPrinter.Print(Made) is { Length: <= LongestMade } made ? made : null;

    /// <summary>Whether a part was made that is not sent.</summary>
    public bool IsMadePartKept => Made is not null && MadeText is null;

    /// <summary>Whether the text that is sent depends on when it was made.</summary>
    public bool HasTimes => MadeText?.Contains("timestamp(") == true;

    // A text with a wrong parenthesis would take what was made apart. The service judges it, alone.
    private bool CanBeJoined => Written is null || FilterDiagnostics.DescribeSyntaxError(Written) is null;

    private string Enclose(string made) => Made is FilterAlternative or FilterSequence ? $"({made})" : made;
}
