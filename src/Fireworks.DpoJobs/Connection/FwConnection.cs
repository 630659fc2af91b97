using System;

namespace Fireworks.DpoJobs.Connection;

/// <summary>Which key is used, and where; and the account that is meant when a call names none.</summary>
internal sealed record FwConnection(Uri BaseUri, ApiKey ApiKey)
{
    /// <summary>The account that is meant when a call names none. Null when nothing names one: then the key decides.</summary>
    public AccountSetting? DefaultAccount { get; init; }
}
