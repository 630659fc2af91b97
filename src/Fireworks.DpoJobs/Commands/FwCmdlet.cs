using System;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Arguments;
using Fireworks.DpoJobs.Client;
using Fireworks.DpoJobs.Connection;
using Fireworks.DpoJobs.Errors;

namespace Fireworks.DpoJobs.Commands;

/// <summary>
/// What every cmdlet of the module shares: whose account and which key, waiting for the client without missing a stop,
/// and errors.
/// </summary>
public abstract class FwCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineLog _log = new();
    private FwConnection? _connection;
    private FireworksClient? _client;

    /// <summary>
    /// The account's id (or <c>accounts/id</c>). Default: FIREWORKS_ACCOUNT_ID, else the account of the key, which is
    /// looked up once.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>The API key. Default: FIREWORKS_API_KEY.</summary>
    [Parameter]
    [ValidateNotNull]
    [SecureStringOnly]
    public SecureString? ApiKey { get; set; }

    /// <summary>Cancelled when the user stops the pipeline, or a later command has enough.</summary>
    private protected CancellationToken Stopped => _stop.Token;

    private protected FireworksClient Client =>
        _client ?? throw new InvalidOperationException("BeginProcessing has not run.");

    /// <summary>Finds key and address, before anything comes down the pipeline.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            _connection = new ConnectionResolver(Environment.GetEnvironmentVariable).Resolve(ApiKey);
            _client = new FireworksClient(_connection, _log);
        }
        catch (FwConfigurationException exception)
        {
            Throw(exception, null);
        }
    }

    /// <summary>Ctrl-C, or the pipeline is stopped otherwise.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Ends what still runs: after a downstream Select-Object has enough, this alone is called.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _log.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The account that is meant by what has been bound so far.</summary>
    private protected string FindAccount()
    {
        var setting = AccountId is null ? _connection!.DefaultAccount : new AccountSetting(AccountId, "-AccountId");
        return setting?.ToId() ?? Wait(AccountLookup.FindAsync(_connection!, Client, Stopped));
    }

    /// <summary>
    /// Waits for the client on the pipeline thread, writing its log lines meanwhile. Returns within moments of a stop,
    /// whatever the client does.
    /// </summary>
    private protected T Wait<T>(Task<T> task)
    {
        _ = task.ContinueWith(
            static (_, log) => ((PipelineLog)log!).Wake(),
            _log,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        try
        {
            while (true)
            {
                // Before the queue is emptied: a line that was queued before the end must be written before the result.
                var isCompleted = task.IsCompleted;
                while (_log.TryTake(out var line))
                {
                    WriteVerbose(line);
                }
                if (isCompleted)
                {
#pragma warning disable VSTHRD002 // It has completed.
                    return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
                }
                _log.WaitForChange(Stopped);
            }
        }
        catch (OperationCanceledException) when (Stopping || _stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Reports a failure of one object and goes on.</summary>
    private protected void Report(Exception exception, object? target) => WriteError(Record(exception, target));

    /// <summary>Reports a failure and ends the command.</summary>
    private protected void Throw(Exception exception, object? target) =>
        ThrowTerminatingError(Record(exception, target));

    private static ErrorRecord Record(Exception exception, object? target) =>
        ErrorRecords.From(exception, target)
        ?? throw new InvalidOperationException("A failure without a record.", exception);
}
