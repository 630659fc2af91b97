using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// Ends the program on a signal, at the end of its input or when its parent process ends. A test run that is killed must
/// leave no emulator running.
/// </summary>
internal sealed class EndConditions : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;
    private readonly CancellationTokenSource _watching;

    /// <exception cref="InvalidInputException">The parent does not exist.</exception>
    public EndConditions(EmulatorOptions options, Stream input, CancellationToken stop)
    {
        _watching = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _watching.Token.Register(() => _reached.TrySetResult());
        _signals =
        [
            // If the console is shared with the parent, the parent handles Ctrl-C.
            PosixSignalRegistration.Create(
                PosixSignal.SIGINT,
                options.Parent is null ? End : static context => context.Cancel = true
            ),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, End),
        ];
        if (options.EndWithInput)
        {
            _ = WatchInputAsync(input);
        }

        if (options.Parent is { } id)
        {
            _ = WatchParentAsync(Find(id));
        }
    }

    /// <summary>Completes when the program has to end.</summary>
    public Task Reached => _reached.Task;

    public void Dispose()
    {
        _watching.Cancel();
        _watching.Dispose();
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        _reached.TrySetResult();
    }

    private async Task WatchInputAsync(Stream input)
    {
        try
        {
            // Only the end of the input matters.
            await input.CopyToAsync(Stream.Null, _watching.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // A broken pipe also means the end of the input.
        }

        _reached.TrySetResult();
    }

    private async Task WatchParentAsync(Process parent)
    {
        using (parent)
        {
            while (!parent.HasExited && !IsZombie(parent.Id) && !_watching.IsCancellationRequested)
            {
                await Task.Delay(PollInterval, _watching.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _reached.TrySetResult();
    }

    /// <summary>On Linux, an ended process keeps its id until it is reaped, which a container without init never does.</summary>
    private static bool IsZombie(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static Process Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException($"--parent: there is no process {id}.", e);
        }
    }
}
