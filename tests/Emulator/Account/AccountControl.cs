using System.IO;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The calls with which a test moves the time in the account, puts a job into a state, or undoes all changes.</summary>
internal sealed class AccountControl(MadeUpAccount account)
{
    /// <summary>Handles <c>POST /clock</c>, <c>POST /state</c> and <c>POST /restore</c>.</summary>
    /// <exception cref="InvalidInputException">The body is invalid.</exception>
    public async Task HandleAsync(HttpContext context, string call)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (call == "/clock")
        {
            var (advance, perRequest) = ControlBody.Parse<ClockChange>(body);
            account.Clock.Advance(advance);
            account.Clock.SecondsPerRequest = perRequest ?? account.Clock.SecondsPerRequest;
        }
        else if (call == "/restore")
        {
            account.Restore();
        }
        else
        {
            var (id, state) = ControlBody.Parse<StateChange>(body);
            var job = account.Find(id) ?? throw new InvalidInputException($"$.job: there is no job '{id}'.");
            account.Lifecycle.SetState(job, state);
        }

        await JsonResponse.WriteAsync(context, 200, new { now = Timestamp.Format(account.Clock.Now) });
    }

    /// <summary>Stops the clock from moving with each request.</summary>
    public void Reset() => account.Clock.SecondsPerRequest = 0;

    private sealed record ClockChange(uint Advance = 0, uint? PerRequest = null);

    private sealed record StateChange([property: JsonRequired] string Job, [property: JsonRequired] string State);
}
