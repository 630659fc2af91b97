using System.Management.Automation;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>Validates an API key, finds its account, and stores both for the commands of this runspace.</summary>
[Cmdlet(
    VerbsCommunications.Connect,
    "FwAccount",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Connect-FwAccount.md"
)]
[OutputType(typeof(FwConnection))]
public sealed class ConnectFwAccountCommand : FwCmdlet
{
    /// <summary>
    /// The API key. Default: the key of -Profile, of FIREWORKS_API_KEY, or of the official command line's file
    /// <c>~/.fireworks/auth.ini</c>.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [SecureStringOnly]
    public SecureString? ApiKey { get; set; }

    /// <summary>The account's ID, or its name <c>accounts/id</c>. Default: the account of the key, if it has exactly one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>
    /// The address of the service: https, or http on this machine. Default: FIREWORKS_BASE_URL, otherwise
    /// <c>https://api.fireworks.ai</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>A profile of the official command line, <c>~/.fireworks/profiles/{name}</c>: its key takes precedence over the environment's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The time limit of each attempt of a request, in seconds, 1 to 3600. Default: 60.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? TimeoutSec { get; set; }

    /// <summary>The maximum number of retries of a request, 0 to 10. Default: 2.</summary>
    [Parameter]
    [ValidateRange(0, 10)]
    public int? MaximumRetryCount { get; set; }

    /// <summary>Writes the connection, for the -Connection parameter of other commands.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Sends no request: the key is not validated, and the account is looked up later unless it is named.</summary>
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
        catch (FwException failure)
        {
            Throw(failure, connection.BaseUri);
        }
        ConnectionStore.Set(Session, connection);
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
