using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>
/// Forwards requests to the service and hands back its answers unchanged. A copy without secrets of each goes to a HAR
/// file.
/// </summary>
internal sealed class RecordHandler : IDisposable
{
    private const int Unavailable = 14;

    private readonly Upstream _upstream;
    private readonly RecordingFile _file;
    private readonly TextWriter _log;

    /// <summary>Begins a recording.</summary>
    /// <param name="upstream">Where requests go: scheme, host and port; https, or http on this machine.</param>
    /// <param name="outFile">The HAR file. One that is there is replaced with the first answer.</param>
    /// <param name="log">Hears of what could not be forwarded or recorded.</param>
    /// <exception cref="ArgumentException"><paramref name="upstream"/> is no such address.</exception>
    public RecordHandler(Uri upstream, string outFile, TextWriter log)
    {
        _upstream = new Upstream(upstream);
        _file = new RecordingFile(
            outFile,
            $"Recorded from {_upstream} by tests/Emulator. Secrets, e-mail addresses and queries of URLs were replaced."
        );
        _log = TextWriter.Synchronized(log);
    }

    /// <summary>Forwards a request, records it, and answers it. 502 when there is no whole answer.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        Exchange exchange;
        try
        {
            exchange = await _upstream.ForwardAsync(context.Request, context.RequestAborted);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            var message = $"no answer from {_upstream}: {TextScrubber.Scrub(exception.Message)}";
            await _log.WriteLineAsync(message);
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status502BadGateway, Unavailable, message);
            return;
        }
        await RecordAsync(exchange);
        await AnswerAsync(context, exchange);
    }

    /// <inheritdoc/>
    public void Dispose() => _upstream.Dispose();

    private async Task RecordAsync(Exchange exchange)
    {
        try
        {
            _file.Add(ExchangeScrubber.Scrub(exchange));
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The client is to get its answer all the same.
            await _log.WriteLineAsync(
                $"not recorded: {exchange.Method} {UrlScrubber.Scrub(exchange.Uri)}: {exception.Message}"
            );
        }
    }

    private static async Task AnswerAsync(HttpContext context, Exchange exchange)
    {
        var response = context.Response;
        response.StatusCode = exchange.Status;
        foreach (var header in exchange.ResponseHeaders.Where(CanBeSent))
        {
            response.Headers.Append(header.Name, header.Value);
        }
        if (exchange.ResponseBody.Length > 0)
        {
            response.ContentLength = exchange.ResponseBody.Length;
            await response.Body.WriteAsync(exchange.ResponseBody, context.RequestAborted);
        }
    }

    private static bool CanBeSent(HarPair header) =>
        !HarHeaders.BelongsToConnection(header.Name) && HarHeaders.CanBeSent(header.Name, header.Value);
}
