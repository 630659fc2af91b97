using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs;

/// <summary>What every cmdlet of the module shares: waiting for the client without missing a stop, its log, and errors.</summary>
public abstract class FwCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineLog _log = new();
    private int _waits;

    /// <summary>Takes the token once: a page that is fetched ahead may look at it after the command's end.</summary>
    protected FwCmdlet() => Stopped = _stop.Token;

    /// <summary>Cancelled when the user stops the pipeline, or a later command has enough.</summary>
    private protected CancellationToken Stopped { get; }

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

    private protected FireworksClient CreateClient(FwConnection connection) => new(connection, _log);

    private protected IClientLog Log => _log;

    /// <summary>Finds key, account and address. An unusable configuration ends the command.</summary>
    private protected FwConnection Resolve(ConnectionSettings settings)
    {
        try
        {
            return new ConnectionResolver(
                Environment.GetEnvironmentVariable,
                FirectlConfig.HomeFolder,
                WriteWarning
            ).Resolve(settings);
        }
        catch (FwConfigurationException exception)
        {
            ThrowTerminatingError(Record(exception, null));
            throw;
        }
    }

    /// <summary>
    /// Waits for the client on the pipeline thread, writing its log meanwhile. Returns within moments of a stop, whatever
    /// the client does.
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
                WriteLog();
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

    private void WriteLog()
    {
        while (_log.TryTake(out var entry))
        {
            if (entry.Kind == LogEntryKind.Warning)
            {
                WriteWarning(entry.Text);
                continue;
            }
            if (entry.Text is { } text)
            {
                WriteVerbose(text);
            }
            if (entry.Kind != LogEntryKind.Line)
            {
                // Requests that run side by side share one record.
                _waits += entry.Kind == LogEntryKind.RetryOver ? -1 : 1;
                var isOver = _waits == 0;
                WriteProgress(
                    new ProgressRecord(0, MyInvocation.MyCommand.Name, entry.Text ?? "Trying again")
                    {
                        RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
                    }
                );
            }
        }
    }
}
