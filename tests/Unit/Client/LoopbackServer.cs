using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A real socket that sends the same bytes to every request, for tests of the real HTTP handler.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private readonly byte[] _head;
    private readonly byte[] _body;

    /// <summary>Starts the server.</summary>
    /// <param name="head">Status line and headers; "Connection: close" is added.</param>
    /// <param name="body">The body.</param>
    public LoopbackServer(string head, byte[] body)
    {
        _head = Encoding.ASCII.GetBytes($"{head}\r\nConnection: close\r\n\r\n");
        _body = body;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>Whether the connection stays open after the response, as if more data followed.</summary>
    public bool Stalls { get; init; }

    /// <summary>Whether the connection is closed after the request, without a response.</summary>
    public bool HangsUp { get; init; }

    /// <summary>The number of requests to wait for before the first response.</summary>
    public int Gathers { get; init; } = 1;

    /// <summary>The address, with a slash at the end.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>The heads of the requests received so far.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (_stop.IsCancellationRequested || exception is SocketException)
        {
            // The test is over, and the listener may be closed.
        }
        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var stream = client.GetStream();
                Heads.Enqueue(await ReadHeadAsync(stream));
                if (Heads.Count >= Gathers)
                {
                    _gathered.TrySetResult();
                }
                await _gathered.Task.WaitAsync(_stop.Token);
                if (HangsUp)
                {
                    return;
                }
                await stream.WriteAsync(_head.Concat(_body).ToArray(), _stop.Token);
                if (Stalls)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
                }
            }
            catch (Exception exception)
                when (_stop.IsCancellationRequested || exception is SocketException or IOException)
            {
                // The test is over, or the client closed the connection.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                break;
            }
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        return text.ToString();
    }
}
