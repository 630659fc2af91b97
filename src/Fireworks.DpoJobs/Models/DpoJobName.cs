namespace Fireworks.DpoJobs;

/// <summary>A job's full resource name, whose parts have been checked.</summary>
internal sealed record DpoJobName(string AccountId, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"accounts/{AccountId}/dpoJobs/{Id}";
}
