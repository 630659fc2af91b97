using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Faults;
using Fireworks.DpoJobs.Emulator.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// Kestrel on the loopback address. A request goes either to the control API, or through the journal and the fault injector
/// to the handler of the command. The files of jobs have a port of their own.
/// </summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);
    private static readonly string[] LoggedParameters =
    [
        "pageSize",
        "pageToken",
        "filter",
        "orderBy",
        "readMask",
        "includeArchived",
        "dpoJobId",
    ];

    private readonly CancellationTokenSource _stopping = new();
    private readonly RequestJournal _journal = new();
    private readonly WebApplication _application;
    private readonly FaultInjector _faults;
    private readonly ControlApi _control;
    private readonly FileServer? _files;
    private readonly TextWriter _log;

    private EmulatorServer(
        WebApplication application,
        RequestDelegate handler,
        TextWriter log,
        AccountControl? account,
        FileControl? files
    )
    {
        _application = application;
        _log = log;
        var transport = (InterruptibleTransport)application.Services.GetRequiredService<IConnectionListenerFactory>();
        _faults = new FaultInjector(handler, transport.InterruptAsync);
        _control = new ControlApi(_journal, _faults, account, files);
        _files = files?.Server;
        application.Run(HandleAsync);
    }

    public Uri Address => new(_application.Urls.First());

    /// <summary>The address that signed addresses begin with; null if the command has none.</summary>
    public Uri? FileAddress => _files?.Store.Address;

    /// <param name="port">0 selects a free port.</param>
    /// <param name="handler">Handles the requests that are not for the control API.</param>
    /// <param name="log">Receives one line per request; <see cref="TextWriter.Null"/> for none.</param>
    /// <param name="account">Controls the made-up account; null if there is none.</param>
    /// <param name="files">Controls the files of its jobs; null if there are none.</param>
    /// <param name="filePort">The port of the files; 0 selects a free one.</param>
    public static async Task<EmulatorServer> StartAsync(
        int port,
        RequestDelegate handler,
        TextWriter log,
        AccountControl? account = null,
        FileControl? files = null,
        int filePort = 0
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Kestrel must not disconnect a client that reads slowly, because tests include such clients.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, port);
            if (files is not null)
            {
                kestrel.Listen(IPAddress.Loopback, filePort);
            }
        });
        builder.Services.AddSingleton<SocketTransportFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new InterruptibleTransport(
            services.GetRequiredService<SocketTransportFactory>()
        ));
        var server = new EmulatorServer(builder.Build(), handler, log, account, files);
        await server._application.StartAsync();
        if (files is not null)
        {
            files.Server.Store.Address = new Uri(server._application.Urls.Last());
        }

        return server;
    }

    /// <summary>Aborts the requests that are still being handled, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var drain = new CancellationTokenSource(DrainTime);
        await _application.StopAsync(drain.Token);
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var files = context.Connection.LocalPort == FileAddress?.Port ? _files : null;
        if (files is null && context.Request.Path.StartsWithSegments(ControlApi.Prefix))
        {
            await _control.HandleAsync(context);
            return;
        }

        var entry = _journal.Begin(context.Request, files is null ? null : FileServer.KindOf(context.Request));
        using var abort = _stopping.Token.Register(context.Abort);
        try
        {
            await (
                files is null ? _faults.HandleAsync(context, entry) : _faults.HandleFileAsync(context, files, entry)
            );
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested)
        {
            await _log.WriteLineAsync("The client disconnected: " + e.GetType().Name);
        }
#pragma warning disable CA1031 // Whatever the handler throws, the client receives a 500 and the emulator continues.
        catch (Exception e)
        {
            await FailAsync(context, e);
        }
#pragma warning restore CA1031
        finally
        {
            _journal.End(entry, context);
            await _log.WriteLineAsync(Describe(context.Request, entry));
        }
    }

    private async Task FailAsync(HttpContext context, Exception e)
    {
        await _log.WriteLineAsync(e.ToString());
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("The emulator failed: " + e.Message, CancellationToken.None);
    }

    private static string Describe(HttpRequest request, JournalEntry entry)
    {
        // The value of an unknown parameter is hidden, because it may be a key.
        var query = string.Join(
            '&',
            request.Query.Select(pair => $"{pair.Key}={(LoggedParameters.Contains(pair.Key) ? pair.Value : "***")}")
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.Path}{(query.Length == 0 ? "" : "?")}{query} {(entry.Aborted ? "aborted" : entry.Status)} {entry.EndMs - entry.StartMs:0.0} ms"
        );
    }
}
