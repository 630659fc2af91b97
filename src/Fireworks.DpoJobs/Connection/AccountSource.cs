using System;

namespace Fireworks.DpoJobs;

/// <summary>An account as somebody wrote it, and where. It is checked when it is used.</summary>
internal sealed record AccountSource(string Text, string Source)
{
    private const string Prefix = "accounts/";

    /// <summary>The account's id. The full name <c>accounts/{id}</c>, which the service shows, is taken too. Null when it is neither.</summary>
    public string? Id
    {
        get
        {
            var id = Text.StartsWith(Prefix, StringComparison.Ordinal) ? Text.Substring(Prefix.Length) : Text;
            return ResourceId.IsValid(id) ? id : null;
        }
    }

    /// <summary>The account's id.</summary>
    /// <exception cref="FwConfigurationException">It is not an id.</exception>
    public string ToId() =>
        Id
        ?? throw new FwConfigurationException(
            $"The account id from {Source} is not valid: an id is {ResourceId.Rule}."
        );
}
