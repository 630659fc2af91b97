namespace Fireworks.DpoJobs;

/// <summary>An account as somebody wrote it, and where. It is checked when it is used.</summary>
internal sealed record AccountSource(string Text, string Source)
{
    /// <summary>The account's id. The full name <c>accounts/{id}</c>, which the service shows, is taken too. Null when it is neither.</summary>
    public string? Id => ResourceName.ParseAccountId(Text);

    /// <summary>The account's id.</summary>
    /// <exception cref="FwConfigurationException">It is not an id.</exception>
    public string ToId() =>
        Id
        ?? throw new FwConfigurationException(
            $"The account id from {Source} is not valid: an id is {ResourceName.IdRule}."
        );
}
