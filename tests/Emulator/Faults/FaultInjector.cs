using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Files;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Passes requests to a handler, and plays the fault that the plan selects for each.</summary>
/// <param name="handler">Sends the real response.</param>
/// <param name="closePort">Closes a port for this time.</param>
internal sealed class FaultInjector(RequestDelegate handler, Func<int, TimeSpan, ValueTask> closePort)
{
    private volatile FaultSchedule _schedule = new(FaultPlan.None);

    public IReadOnlyList<FaultCount> Counts => _schedule.Counts;

    public void Set(FaultPlan plan) => _schedule = new FaultSchedule(plan);

    public async Task HandleAsync(HttpContext context, JournalEntry entry)
    {
        var schedule = _schedule;
        var rule = schedule.Next(context.Request.Path.Value ?? "/", context.Request.Method);
        var token = PageTokens.Restore(context.Request);
        byte[]? executed = null;
        if (rule is { AfterEffect: true })
        {
            executed = await CaptureAsync(context);
        }

        if (rule is null && schedule.Pages is null)
        {
            await handler(context);
            return;
        }

        if (await TryEndAsync(context, rule, entry))
        {
            return;
        }

        byte[] body;
        if (rule is { ReplacesResponse: true })
        {
            context.Response.Clear();
            body = rule.Replace(context.Response);
        }
        else
        {
            body = executed ?? await CaptureAsync(context);
            body = DataFaults.Apply(context.Response.StatusCode, body, rule, schedule.Pages, token);
        }

        await ResponseSender.SendAsync(context, ResponseBody.Of(body), rule, entry);
    }

    /// <summary>Passes a request to the server of files, and plays the fault that the plan selects for it.</summary>
    public async Task HandleFileAsync(HttpContext context, FileServer files, JournalEntry entry)
    {
        var request = context.Request;
        var rule = _schedule.Next(request.Path.Value ?? "/", request.Method, FileServer.KindOf(request));
        await files.CountAsync(context);
        if (await TryEndAsync(context, rule, entry))
        {
            return;
        }

        var body = rule is { ReplacesResponse: true }
            ? ResponseBody.Of(rule.Replace(context.Response))
            : files.Respond(context, rule is { ChangedFile: true }, rule is { IgnoreRange: true });
        await ResponseSender.SendAsync(context, body, rule, entry);
    }

    /// <summary>Plays a fault before the headers of the response.</summary>
    /// <returns>Whether there is no response.</returns>
    private async Task<bool> TryEndAsync(HttpContext context, FaultRule? rule, JournalEntry entry)
    {
        switch (rule)
        {
            case { Stall: StallPoint.Headers }:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return true;
            case { Refuse: { } milliseconds }:
                // The port closes first, so that the client's next attempt finds it closed.
                await closePort(context.Connection.LocalPort, TimeSpan.FromMilliseconds(milliseconds));
                ResponseSender.Reset(context, entry);
                return true;
            case { Reset: ResetPoint.BeforeHeaders }:
                ResponseSender.Reset(context, entry);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Calls the handler and returns the uncompressed body. Status and headers are set on the response.</summary>
    private async Task<byte[]> CaptureAsync(HttpContext context)
    {
        context.Request.Headers.Remove("Accept-Encoding");
        var real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var captured = new StreamResponseBodyFeature(body);
        context.Features.Set<IHttpResponseBodyFeature>(captured);
        try
        {
            await handler(context);
            await captured.CompleteAsync();
        }
        finally
        {
            context.Features.Set(real);
        }

        return body.ToArray();
    }
}
