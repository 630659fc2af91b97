namespace Fireworks.DpoJobs;

/// <summary>One account, of which only the name is read.</summary>
internal sealed class Account
{
    /// <summary>The full resource name, <c>accounts/{account}</c>.</summary>
    public string? Name { get; set; }
}
