using System;
using System.Collections.Concurrent;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// Kestrel's transport, with ports that can be closed temporarily. While one is closed, the operating system rejects
/// connections, as if the server was down.
/// </summary>
/// <param name="sockets">Kestrel's own transport.</param>
internal sealed class InterruptibleTransport(IConnectionListenerFactory sockets) : IConnectionListenerFactory
{
    private readonly ConcurrentDictionary<int, InterruptibleListener> _listeners = new();

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var listener = new InterruptibleListener(sockets, await sockets.BindAsync(endpoint, cancellationToken));
        _listeners[((IPEndPoint)listener.EndPoint).Port] = listener;
        return listener;
    }

    /// <summary>Closes a port and completes once it is closed. The port opens again after the time.</summary>
    public ValueTask InterruptAsync(int port, TimeSpan time) => _listeners[port].InterruptAsync(time);
}

/// <summary>After an interruption, replaces its listener with a new one on the same port.</summary>
internal sealed class InterruptibleListener(IConnectionListenerFactory sockets, IConnectionListener listener)
    : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();
    private volatile IConnectionListener _listener = listener;
    private TimeSpan? _interruption;

    public EndPoint EndPoint { get; } = listener.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await _listener.AcceptAsync(cancellationToken) is { } connection)
            {
                return connection;
            }

            if (_interruption is not { } time || _unbound.IsCancellationRequested)
            {
                return null;
            }

            try
            {
                await Task.Delay(time, _unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            _interruption = null;
            _listener = await sockets.BindAsync(EndPoint, cancellationToken);
        }
    }

    public ValueTask InterruptAsync(TimeSpan time)
    {
        _interruption = time;
        return _listener.UnbindAsync();
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        await _listener.UnbindAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _unbound.Dispose();
        return _listener.DisposeAsync();
    }
}
