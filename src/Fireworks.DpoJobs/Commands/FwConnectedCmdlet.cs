using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>What the cmdlets that call the service share: which connection, which account.</summary>
public abstract class FwConnectedCmdlet : FwCmdlet
{
    private FwConnection? _resolved;
    private FireworksClient? _client;

    /// <summary>
    /// The account's id (or <c>accounts/id</c>). Default: the connection's; for a key from the environment,
    /// FIREWORKS_ACCOUNT_ID; else the account of the key, which is looked up once.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>
    /// The connection to use. Default: that of Connect-FwAccount in this runspace, else what the environment and the
    /// official command line's files say. Takes a connection along into <c>ForEach-Object -Parallel</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public FwConnection? Connection { get; set; }

    /// <summary>The API key, in place of the connection's.</summary>
    [Parameter]
    [ValidateNotNull]
    [SecureStringOnly]
    public SecureString? ApiKey { get; set; }

    private protected FireworksClient Client => _client ?? throw NotBegun();

    /// <summary>Finds key and address, before anything comes down the pipeline.</summary>
    protected override void BeginProcessing()
    {
        _resolved = Resolve(
            new ConnectionSettings
            {
                ApiKey = ApiKey,
                Connection = Connection ?? ConnectionStore.Find(Runspace.DefaultRunspace),
            }
        );
        _client = CreateClient(_resolved);
    }

    /// <summary>The account that is meant by what has been bound so far.</summary>
    private protected string FindAccount()
    {
        var connection = _resolved ?? throw NotBegun();
        var setting = AccountId is null ? connection.Account : new AccountSource(AccountId, "-AccountId");
        return setting?.ToId() ?? Wait(AccountLookup.FindAsync(connection, Client, Stopped));
    }

    private static InvalidOperationException NotBegun() => new("BeginProcessing has not run.");
}
