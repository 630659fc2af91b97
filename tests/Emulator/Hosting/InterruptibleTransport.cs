using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// Listens as Kestrel does, and can stop listening for a while: then it is the operating system that refuses
/// connections, as it does when a server is down.
/// </summary>
/// <param name="sockets">Kestrel's own transport.</param>
internal sealed class InterruptibleTransport(IConnectionListenerFactory sockets) : IConnectionListenerFactory
{
    // Kestrel owns the listener.
    private Func<TimeSpan, Task> _interrupt = _ => Task.CompletedTask;

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint,
        CancellationToken cancellationToken = default
    )
    {
        var listener = new InterruptibleListener(sockets, await sockets.BindAsync(endpoint, cancellationToken));
        _interrupt = listener.InterruptAsync;
        return listener;
    }

    /// <summary>Closes the port; completes when it is closed, and opens it again after the time.</summary>
    public Task InterruptAsync(TimeSpan time) => _interrupt(time);
}

/// <summary>A listener that is replaced by another one on the same port after an interruption.</summary>
internal sealed class InterruptibleListener(IConnectionListenerFactory sockets, IConnectionListener first)
    : IConnectionListener
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _unbound = new();
    private Task<IConnectionListener> _current = Task.FromResult(first);

    public EndPoint EndPoint => first.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var current = _current;
            try
            {
                var listener = await current.WaitAsync(_unbound.Token);
                if (await listener.AcceptAsync(cancellationToken) is { } connection)
                {
                    return connection;
                }
            }
            catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
            {
                return null;
            }

            // Without an interruption, the end of the listener is the end.
            if (ReferenceEquals(current, _current))
            {
                return null;
            }
        }
    }

    public async Task InterruptAsync(TimeSpan time)
    {
        IConnectionListener listener;
        TaskCompletionSource<IConnectionListener> reopened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_current.IsCompletedSuccessfully || _unbound.IsCancellationRequested)
            {
                return;
            }

            listener = _current.Result;
            _current = reopened.Task;
        }

        await listener.UnbindAsync();
        await listener.DisposeAsync();
        _ = ReopenAsync(reopened, time);
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        if (_current.IsCompletedSuccessfully)
        {
            await (await _current).UnbindAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current.IsCompletedSuccessfully)
        {
            await (await _current).DisposeAsync();
        }

        _unbound.Dispose();
    }

    private async Task ReopenAsync(TaskCompletionSource<IConnectionListener> reopened, TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _unbound.Token);
            reopened.SetResult(await sockets.BindAsync(EndPoint, _unbound.Token));
        }
        catch (OperationCanceledException)
        {
            reopened.SetCanceled(CancellationToken.None);
        }
#pragma warning disable CA1031 // Whoever accepts is told.
        catch (Exception e)
        {
            reopened.SetException(e);
        }
#pragma warning restore CA1031
    }
}
