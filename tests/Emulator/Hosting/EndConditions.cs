using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.CommandLine;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// Watches for everything that ends the program: signals, the end of its input, the end of its parent. A test run that
/// is killed must leave no server behind.
/// </summary>
internal sealed class EndConditions : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly PosixSignalRegistration[] _signals;
    private readonly CancellationTokenSource _watching;

    public EndConditions(EmulatorOptions options, Stream input, Action end, CancellationToken stop)
    {
        _watching = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stop.Register(end);
        _signals =
        [
            // Ctrl-C in a console that is shared with the parent is the parent's to handle.
            PosixSignalRegistration.Create(
                PosixSignal.SIGINT,
                context => EndOn(context, options.Parent is null ? end : static () => { })
            ),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => EndOn(context, end)),
        ];
        if (options.EndWithInput)
        {
            _ = WatchInputAsync(input, end, _watching.Token);
        }

        if (options.Parent is { } parent)
        {
            _ = WatchParentAsync(parent, end, _watching.Token);
        }
    }

    public void Dispose()
    {
        _watching.Cancel();
        _watching.Dispose();
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private static void EndOn(PosixSignalContext context, Action end)
    {
        context.Cancel = true;
        end();
    }

    private static async Task WatchInputAsync(Stream input, Action end, CancellationToken watching)
    {
        await Task.Yield();
        var buffer = new byte[256];
        try
        {
            while (await input.ReadAsync(buffer, watching) > 0)
            {
                // What is typed has no meaning; only the end has.
            }
        }
        catch (IOException)
        {
            // A broken pipe is an end as well.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        end();
    }

    private static async Task WatchParentAsync(WatchedProcess parent, Action end, CancellationToken watching)
    {
        while (parent.IsRunning())
        {
            try
            {
                await Task.Delay(PollInterval, watching);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        end();
    }
}
