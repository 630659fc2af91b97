using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>Checks a key, finds its account, and keeps both for the commands of this runspace.</summary>
[Cmdlet(
    VerbsCommunications.Connect,
    "FwAccount",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Connect-FwAccount.md"
)]
[OutputType(typeof(FwConnection))]
public sealed class ConnectFwAccountCommand : FwCmdlet
{
    /// <summary>
    /// The API key. Default: that of -Profile, of FIREWORKS_API_KEY, or of the official command line's
    /// <c>~/.fireworks/auth.ini</c>.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [SecureStringOnly]
    public SecureString? ApiKey { get; set; }

    /// <summary>The account's id (or <c>accounts/id</c>). Default: the account of the key, where it has exactly one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>
    /// The address of the service: https, or http on this machine. Default: FIREWORKS_BASE_URL, else
    /// <c>https://api.fireworks.ai</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>A profile of the official command line, <c>~/.fireworks/profiles/{name}</c>: its key goes before the environment's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>How long one try of a request may take, in seconds, 1 to 3600. Default: 60.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? TimeoutSec { get; set; }

    /// <summary>How often a request is tried again at most, 0 to 10. Default: 2.</summary>
    [Parameter]
    [ValidateRange(0, 10)]
    public int? MaximumRetryCount { get; set; }

    /// <summary>Writes the connection, for -Connection of the other commands.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Sends nothing: the key is not checked, and an account that is not named is looked up later.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Connects.</summary>
    protected override void ProcessRecord()
    {
        var settings = new ConnectionSettings
        {
            ApiKey = ApiKey,
            AccountId = AccountId,
            BaseUri = BaseUri?.OriginalString,
            Profile = Profile,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaximumRetryCount = MaximumRetryCount,
        };
        var connection = Resolve(settings);
        try
        {
            connection.Account?.ToId();
            if (!SkipValidation)
            {
                connection = Validate(connection);
            }
        }
        catch (FwException exception)
        {
            Throw(exception, connection.BaseUri);
        }
        ConnectionStore.Set(Runspace.DefaultRunspace, connection);
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private FwConnection Validate(FwConnection connection)
    {
        var client = CreateClient(connection);
        if (connection.AccountId is { } named)
        {
            Wait(client.CheckAccountAsync(named, Stopped));
            return connection;
        }
        return connection.WithAccount(Wait(client.FindAccountIdAsync(Stopped)));
    }
}
