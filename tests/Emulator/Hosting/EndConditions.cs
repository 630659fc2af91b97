using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// Everything that ends the program: signals, the end of its input, the end of its parent. A test run that is killed must
/// leave no emulator behind.
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
            // Ctrl-C in a console that is shared with the parent is handled by the parent.
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
            // The end of the input matters, its content does not.
            await input.CopyToAsync(Stream.Null, _watching.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // A broken pipe is an end as well.
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

    /// <summary>On Linux, a process keeps its id until it is reaped, which does not happen in a container without init.</summary>
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
