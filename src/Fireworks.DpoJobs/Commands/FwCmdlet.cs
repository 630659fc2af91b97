using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Fireworks.DpoJobs;

/// <summary>The base of all cmdlets of the module: waiting for requests, cancellation, messages and errors.</summary>
public abstract class FwCmdlet : PSCmdlet, IDisposable
{
    private const int UpdateMilliseconds = 1000;

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Initializes the cmdlet.</summary>
    protected FwCmdlet()
    {
        Log = new PipelineLog(this);
        // Stored, because a page that was requested ahead may read the token after the source was disposed.
        Stopped = _stop.Token;
    }

    /// <summary>Cancelled when the user stops the pipeline, or when a later command needs no more objects.</summary>
    private protected CancellationToken Stopped { get; }

    private protected PipelineLog Log { get; }

    /// <summary>
    /// Identifies the session, for <see cref="ConnectionStore"/>: the constant variable, which PowerShell creates anew when it
    /// resets a runspace to use it again.
    /// </summary>
    private protected object Session =>
        (object?)SessionState.PSVariable.Get("global:ExecutionContext") ?? Runspace.DefaultRunspace;

    /// <summary>Cancels running requests when the pipeline is stopped, for example by Ctrl-C.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Cancels running requests. After <c>Select-Object -First</c>, PowerShell calls only this method.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        Log.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected FireworksClient CreateClient(FwConnection connection) => new(connection, Log);

    /// <summary>Finds the API key, the account and the address. Ends the command when they cannot be used.</summary>
    private protected FwConnection Resolve(ConnectionSettings settings)
    {
        try
        {
            var home = FirectlConfig.HomeFolder;
            var resolver = new ConnectionResolver(Environment.GetEnvironmentVariable, home, Log.Warning);
            return Wait(resolver.ResolveAsync(settings, Stopped));
        }
        catch (FwConfigurationException exception)
        {
            Throw(exception, null);
            throw;
        }
    }

    /// <summary>
    /// Waits for a task on the pipeline thread, and writes queued messages meanwhile. Returns immediately when the pipeline is
    /// stopped, even if the task continues.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="update">Called on the pipeline thread at least once a second. Null for nothing.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    private protected T Wait<T>(Task<T> task, Action? update = null)
    {
        // After a stop, its result is not needed.
        task.Observe();
        _ = task.ContinueWith(
            static (_, log) => ((PipelineLog)log!).Wake(),
            Log,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        try
        {
            while (!task.IsCompleted)
            {
                Log.Write();
                update?.Invoke();
                Log.WaitForChange(update is null ? Timeout.Infinite : UpdateMilliseconds, Stopped);
            }
            // Messages that were queued before the task completed are written before its result.
            Log.Write();
#pragma warning disable VSTHRD002 // It has completed.
            return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (OperationCanceledException) when (Stopping || _stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Writes a non-terminating error.</summary>
    private protected void Report(FwException exception, object? target) => WriteError(Record(exception, target));

    /// <summary>Ends the command with an error.</summary>
    private protected void Throw(FwException exception, object? target) =>
        ThrowTerminatingError(Record(exception, target));

    private static ErrorRecord Record(FwException exception, object? target) =>
        ErrorRecords.From(exception, target)
        ?? throw new InvalidOperationException("An exception has no error record.", exception);
}
