namespace Fireworks.DpoJobs;

/// <summary>
/// Short names of jobs in charts and reports: the ID, and the account where jobs of several accounts appear, because two of them
/// may have the same ID.
/// </summary>
/// <param name="accountIds">The accounts of the jobs. Null for an unknown one.</param>
internal sealed class JobLabels(IEnumerable<string?> accountIds)
{
    private readonly bool _hasSeveralAccounts = accountIds.Distinct().Skip(1).Any();

    /// <summary>The label of a job: <c>nightly-1</c>, or <c>nightly-1 (acme)</c>. Empty for a job without a name.</summary>
    public string Format(DpoJob job) => Format(job.AccountId, job.Id ?? "");

    /// <summary>The label of a job: <c>nightly-1</c>, or <c>nightly-1 (acme)</c>.</summary>
    /// <param name="accountId">The account. Null when it is unknown.</param>
    /// <param name="id">The ID of the job. Empty when it is unknown.</param>
    public string Format(string? accountId, string id) =>
        _hasSeveralAccounts && accountId is not null ? WithAccount(accountId, id) : id;

    /// <summary>The label of a job with its account: <c>nightly-1 (acme)</c>.</summary>
    public static string WithAccount(string accountId, string id) => $"{id} ({accountId})";
}
