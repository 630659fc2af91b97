using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Control;

/// <summary>What a test says to the emulator while it runs, beside the API: see the requests, plan answers and
/// faults, end.</summary>
internal sealed class ControlSurface(RequestJournal journal, FaultQueue canned, FaultInjector faults, Action stop)
{
    public const string Prefix = "/_emulator";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public Task HandleAsync(HttpContext context)
    {
        var call = context.Request.Method + " " + context.Request.Path.Value![Prefix.Length..];
        switch (call)
        {
            case "GET /requests":
                return ReplyAsync(context, StatusCodes.Status200OK, journal.Snapshot());
            case "POST /reset":
                journal.Reset();
                canned.Clear();
                faults.Reset();
                return ReplyAsync(context, StatusCodes.Status200OK, new { });
            case "POST /respond":
                return QueueAsync(context);
            case "GET /faults":
                return ReplyAsync(context, StatusCodes.Status200OK, faults.Counts);
            case "POST /faults":
                return ScheduleAsync(context);
            case "POST /shutdown":
                context.Response.OnCompleted(() =>
                {
                    stop();
                    return Task.CompletedTask;
                });
                return ReplyAsync(context, StatusCodes.Status200OK, new { });
            default:
                return ReplyAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    new
                    {
                        error = $"there is no {call}: GET /requests, POST /reset, POST /respond, GET and POST /faults, POST /shutdown are known",
                    }
                );
        }
    }

    private async Task QueueAsync(HttpContext context)
    {
        try
        {
            var plan = await JsonSerializer.DeserializeAsync<ResponsePlan>(
                context.Request.Body,
                Json,
                context.RequestAborted
            );
            canned.Add(plan?.Responses ?? []);
            await ReplyAsync(context, StatusCodes.Status200OK, new { queued = canned.Count });
        }
        catch (Exception e) when (e is JsonException or InvalidResponseException)
        {
            await ReplyAsync(context, StatusCodes.Status400BadRequest, new { error = e.Message });
        }
    }

    private async Task ScheduleAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        try
        {
            var plan = FaultPlan.Parse(await body.ReadToEndAsync(context.RequestAborted));
            faults.Set(plan);
            await ReplyAsync(context, StatusCodes.Status200OK, new { rules = plan.Rules.Count });
        }
        catch (FaultPlanException e)
        {
            await ReplyAsync(context, StatusCodes.Status400BadRequest, new { error = e.Message });
        }
    }

    private static Task ReplyAsync<T>(HttpContext context, int status, T body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Json, context.RequestAborted);
    }
}
