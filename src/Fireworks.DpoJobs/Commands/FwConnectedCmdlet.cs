using System.Management.Automation;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>The base of all cmdlets that call the service: the connection and the account.</summary>
public abstract class FwConnectedCmdlet : FwCmdlet
{
    private FwConnection _connection = null!;

    /// <summary>
    /// The account's ID, or its name <c>accounts/id</c>. Default: the account of the connection; for a key from the environment,
    /// FIREWORKS_ACCOUNT_ID; otherwise the account of the key, which is looked up once.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>
    /// The connection to use, for example in <c>ForEach-Object -Parallel</c>. Default: the connection of Connect-FwAccount in this
    /// runspace, otherwise the environment and the files of the official command line.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public FwConnection? Connection { get; set; }

    /// <summary>The API key to use instead of the connection's.</summary>
    [Parameter]
    [ValidateNotNull]
    [SecureStringOnly]
    public SecureString? ApiKey { get; set; }

    private protected FireworksClient Client { get; private set; } = null!;

    /// <summary>Finds the API key and the address.</summary>
    protected override void BeginProcessing()
    {
        WarmUp.Start();
        var connection = Connection ?? ConnectionStore.Find(Session);
        _connection = Resolve(new ConnectionSettings { ApiKey = ApiKey, Connection = connection });
        Client = CreateClient(_connection);
    }

    /// <summary>The ID of the account to use. Looks it up when it is not configured.</summary>
    /// <exception cref="FwException">The account could not be determined.</exception>
    private protected string FindAccount() => Account?.ToId() ?? Wait(Client.FindAccountIdOnceAsync(Stopped));

    /// <summary>The ID of the account to use, if it is known without a request. Null otherwise, and when it is not valid.</summary>
    private protected string? KnownAccountId => Account is { } account ? account.Id : Client.KnownAccountId;

    /// <summary>The full name of a job.</summary>
    /// <exception cref="FwException">It is not the name of a job, or the account could not be determined.</exception>
    private protected ResourceName FindName(DpoJobReference job)
    {
        ThrowIfKey(ResourceName.LastPart(job.ToString()));
        return job.Resolve(FindAccount);
    }

    /// <summary>Rejects the API key as the ID of a job, before it is part of an address or a message.</summary>
    /// <exception cref="FwInvalidJobIdException">The ID is the API key.</exception>
    private protected void ThrowIfKey(string id)
    {
        if (Client.IsKey(id))
        {
            throw new FwInvalidJobIdException("The job ID is the API key, so it was neither sent nor shown.");
        }
    }

    private AccountSource? Account =>
        AccountId is null ? _connection.Account : new AccountSource(AccountId, "-AccountId");
}
