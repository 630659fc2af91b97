using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Control;
using Fireworks.DpoJobs.Emulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>Kestrel on the loopback address, with the control surface, the canned answers and the faults in front of the verb.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    private EmulatorServer(WebApplication application) => _application = application;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Completes when somebody asked the server to stop.</summary>
    public Task Stopped => _stopped.Task;

    /// <param name="port">0 for a free one.</param>
    /// <param name="verb">What answers when nothing in front of it does.</param>
    /// <param name="log">One line a request; <see cref="TextWriter.Null"/> for none.</param>
    /// <param name="plan">What goes wrong from the start; null for nothing.</param>
    public static async Task<EmulatorServer> StartAsync(
        int port,
        RequestDelegate verb,
        TextWriter log,
        FaultPlan? plan = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, port));
        builder.Services.AddSingleton<SocketTransportFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new InterruptibleTransport(
            services.GetRequiredService<SocketTransportFactory>()
        ));
        var application = builder.Build();

        var server = new EmulatorServer(application);
        var canned = new FaultQueue();
        var transport = (InterruptibleTransport)application.Services.GetRequiredService<IConnectionListenerFactory>();
        var faults = new FaultInjector(plan ?? FaultPlan.None, transport.InterruptAsync);
        var journal = new RequestJournal(TimeProvider.System);
        var control = new ControlSurface(journal, canned, faults, server.Stop);
        var front = new FrontDoor(control, journal, canned, faults, verb, log, server._stopping.Token);
        application.Run(front.HandleAsync);

        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Address = new Uri(addresses!.Addresses.First());
        return server;
    }

    /// <summary>Ends the answers that wait and makes <see cref="Stopped"/> complete; may be called more than once.</summary>
    public void Stop()
    {
        if (_stopped.TrySetResult())
        {
            _stopping.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        using var drain = new CancellationTokenSource(DrainTime);
        await _application.StopAsync(drain.Token);
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        // A client that reads slowly is a case to test, not one to cut off.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
