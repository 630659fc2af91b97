using System.IO;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Faults;
using Fireworks.DpoJobs.Emulator.Files;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>
/// The calls with which a test controls the emulator: it reads the requests, sets the fault plan, and changes the account
/// and the files of its jobs.
/// </summary>
internal sealed class ControlApi(
    RequestJournal journal,
    FaultInjector faults,
    AccountControl? account,
    FileControl? files
)
{
    public const string Prefix = "/_emulator";

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context, context.Request.Path.Value![Prefix.Length..]);
        }
        catch (InvalidInputException e)
        {
            await JsonResponse.WriteAsync(context, 400, new { error = e.Message });
        }
    }

    private async Task RouteAsync(HttpContext context, string path)
    {
        var call = context.Request.Method + " " + path;
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
                account?.Reset();
                files?.Reset();
                await JsonResponse.WriteAsync(context, 200, new { });
                break;
            case "POST /clock" or "POST /state" when account is not null:
                await account.HandleAsync(context, path);
                break;
            case "POST /restore" when account is not null:
                files?.Restore();
                await account.HandleAsync(context, path);
                break;
            case var _ when files is not null && await files.TryHandleAsync(context, path):
                break;
            default:
                var error =
                    $"Unknown call {call}. Use GET /requests, GET or POST /faults, POST /clock, POST /state, GET or POST /files, POST /restore or POST /reset.";
                await JsonResponse.WriteAsync(context, 404, new { error });
                break;
        }
    }

    private async Task SetFaultsAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var plan = FaultPlan.Parse(await body.ReadToEndAsync(context.RequestAborted));
        faults.Set(plan);
        await JsonResponse.WriteAsync(context, 200, new { rules = plan.Rules.Count });
    }
}
