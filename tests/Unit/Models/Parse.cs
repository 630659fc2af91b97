using System.Text.Json;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Reads JSON as the client does, with the module's metadata.</summary>
internal static class Parse
{
    public static DpoJob Job(string json) => JsonSerializer.Deserialize(json, FireworksJsonContext.Default.DpoJob)!;

    public static DpoJobPage Page(string json) =>
        JsonSerializer.Deserialize(json, FireworksJsonContext.Default.DpoJobPage)!;

    public static AccountPage Accounts(string json) =>
        JsonSerializer.Deserialize(json, FireworksJsonContext.Default.AccountPage)!;
}
