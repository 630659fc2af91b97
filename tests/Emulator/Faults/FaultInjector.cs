using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Stands between a request and the verb, and lets happen what the schedule says.</summary>
/// <param name="initial">The plan that the emulator was started with; a reset begins it anew.</param>
/// <param name="refuse">Makes nobody listen for a time.</param>
internal sealed class FaultInjector(FaultPlan initial, Func<TimeSpan, Task> refuse)
{
    private volatile FaultSchedule _schedule = new(initial);

    public IReadOnlyList<FaultCount> Counts => _schedule.Counts;

    public void Set(FaultPlan plan) => _schedule = new FaultSchedule(plan);

    public void Reset() => Set(initial);

    /// <param name="context">The request.</param>
    /// <param name="verb">Gives the real answer.</param>
    /// <param name="beforeAbort">Called before the server cuts the connection.</param>
    public Task HandleAsync(HttpContext context, RequestDelegate verb, Action beforeAbort)
    {
        var schedule = _schedule;
        EmptyPageToken.Restore(context.Request);
        var asked = context.Request.Query[PageFault.TokenParameter].ToString();
        return schedule.Next(context.Request.Path.Value ?? "/") switch
        {
            null when schedule.Pages is null => verb(context),
            null => ChangeReplyAsync(context, verb, null, schedule, asked, beforeAbort),
            { Status: { } status } rule => StatusFault.SendAsync(context, status, rule),
            { Stall: StallPoint.Headers } => Task.Delay(-1, context.RequestAborted),
            { Reset: AbortPoint.BeforeHeaders } => Cut(context, beforeAbort),
            { RefuseMs: { } time } => RefuseAsync(context, TimeSpan.FromMilliseconds(time), beforeAbort),
            var rule => ChangeReplyAsync(context, verb, rule, schedule, asked, beforeAbort),
        };
    }

    private static Task Cut(HttpContext context, Action beforeAbort)
    {
        beforeAbort();
        TcpReset.Send(context);
        return Task.CompletedTask;
    }

    private async Task RefuseAsync(HttpContext context, TimeSpan time, Action beforeAbort)
    {
        // First the port, so that the client's next try finds it closed.
        await refuse(time);
        await Cut(context, beforeAbort);
    }

    private static async Task ChangeReplyAsync(
        HttpContext context,
        RequestDelegate verb,
        FaultRule? rule,
        FaultSchedule schedule,
        string asked,
        Action beforeAbort
    )
    {
        var body = await CapturedReply.TakeAsync(context, verb);
        if (context.Response.StatusCode == StatusCodes.Status200OK && PageFault.Parse(body) is JsonObject reply)
        {
            body = PageFault.Apply(rule, reply, schedule.Pages, asked) ?? body;
        }

        await ReplyFault.SendAsync(context, body, rule, beforeAbort);
    }
}
