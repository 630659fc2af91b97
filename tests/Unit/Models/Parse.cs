using System.Text;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Reads JSON as the client does.</summary>
internal static class Parse
{
    public static DpoJob Job(string json) => Read<DpoJob>(json);

    public static DpoJobPage Page(string json, JsonMismatches? mismatches = null) => Read<DpoJobPage>(json, mismatches);

    public static AccountPage Accounts(string json) => Read<AccountPage>(json);

    private static T Read<T>(string json, JsonMismatches? mismatches = null)
        where T : ApiObject, new() =>
        ApiJson.Read<T>(Encoding.UTF8.GetBytes(json), mismatches ?? new JsonMismatches())!;
}
