using System.IO;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>The calls with which a test controls the emulator: it reads the requests and sets the fault plan.</summary>
internal sealed class ControlApi(RequestJournal journal, FaultInjector faults)
{
    public const string Prefix = "/_emulator";

    public async Task HandleAsync(HttpContext context)
    {
        var call = context.Request.Method + " " + context.Request.Path.Value![Prefix.Length..];
        switch (call)
        {
            case "GET /requests":
                await JsonResponse.WriteAsync(context, 200, journal.Snapshot());
                break;
            case "GET /faults":
                await JsonResponse.WriteAsync(context, 200, faults.Counts);
                break;
            case "POST /faults":
                await SetFaultsAsync(context);
                break;
            case "POST /reset":
                journal.Reset();
                faults.Set(FaultPlan.None);
                await JsonResponse.WriteAsync(context, 200, new { });
                break;
            default:
                var error = $"Unknown call {call}. Use GET /requests, GET or POST /faults, or POST /reset.";
                await JsonResponse.WriteAsync(context, 404, new { error });
                break;
        }
    }

    private async Task SetFaultsAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        try
        {
            var plan = FaultPlan.Parse(await body.ReadToEndAsync(context.RequestAborted));
            faults.Set(plan);
            await JsonResponse.WriteAsync(context, 200, new { rules = plan.Rules.Count });
        }
        catch (InvalidInputException e)
        {
            await JsonResponse.WriteAsync(context, 400, new { error = e.Message });
        }
    }
}
