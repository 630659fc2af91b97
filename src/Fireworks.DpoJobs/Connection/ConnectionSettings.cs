using System;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>What a caller said about the connection. Null stands for what was not said.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>The -ApiKey parameter.</summary>
    public SecureString? ApiKey { get; init; }

    /// <summary>The -AccountId parameter.</summary>
    public string? AccountId { get; init; }

    /// <summary>The -BaseUri parameter, as typed.</summary>
    public string? BaseUri { get; init; }

    /// <summary>The -Profile parameter: its files go before the environment.</summary>
    public string? Profile { get; init; }

    /// <summary>The connection given with -Connection, or that of the runspace.</summary>
    public FwConnection? Connection { get; init; }

    /// <summary>The -TimeoutSec parameter.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The -MaximumRetryCount parameter.</summary>
    public int? MaximumRetryCount { get; init; }
}
