using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Control;
using Fireworks.DpoJobs.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// The way of every request: control surface, else the journal, then a canned answer if one waits, else the verb, with what
/// the schedule of faults does to it.
/// </summary>
internal sealed class FrontDoor(
    ControlSurface control,
    RequestJournal journal,
    FaultQueue canned,
    FaultInjector faults,
    RequestDelegate verb,
    TextWriter log,
    CancellationToken stopping
)
{
    private static readonly string[] LoggedParameters = ["pageSize", "pageToken", "filter", "orderBy", "readMask"];

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(ControlSurface.Prefix))
        {
            await control.HandleAsync(context);
            return;
        }

        var entry = journal.Begin(context.Request);
        using var abort = stopping.Register(static state => ((HttpContext)state!).Abort(), context);
        try
        {
            await AnswerAsync(context, entry);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
            await log.WriteLineAsync("gone while answering: " + e.GetType().Name);
        }
#pragma warning disable CA1031 // Whatever a verb throws, the stand-in goes on and the client sees a 500.
        catch (Exception e)
        {
            await FailAsync(context, e);
        }
#pragma warning restore CA1031
        finally
        {
            journal.End(entry, context);
            await log.WriteLineAsync(Describe(context.Request, entry));
        }
    }

    private Task AnswerAsync(HttpContext context, JournalEntry entry)
    {
        if (canned.TryTake(context.Request.Path.Value ?? "/") is { } answer)
        {
            return CannedResponder.SendAsync(context, answer, entry.AbortedByServer);
        }

        return faults.HandleAsync(context, verb, entry.AbortedByServer);
    }

    private async Task FailAsync(HttpContext context, Exception e)
    {
        await log.WriteLineAsync(e.ToString());
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("the emulator failed: " + e.Message, CancellationToken.None);
    }

    private static string Describe(HttpRequest request, JournalEntry entry)
    {
        var query = string.Join('&', request.Query.Select(pair => pair.Key + "=" + Shown(pair.Key, pair.Value!)));
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1}{2} {3} {4:0.0} ms",
            request.Method,
            request.Path,
            query.Length == 0 ? "" : "?" + query,
            entry.Aborted ? "aborted" : entry.Status,
            entry.EndMs - entry.StartMs
        );
    }

    /// <summary>A parameter this API does not have may be a key that went astray.</summary>
    private static string Shown(string name, string value) => LoggedParameters.Contains(name) ? value : "***";
}
