using System.Text;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Reads JSON as the client does.</summary>
internal static class Parse
{
    public static DpoJob Job(string json) => Read<DpoJob>(json);

    public static DpoJobPage Page(string json, JsonMisfits? misfits = null) => Read<DpoJobPage>(json, misfits);

    public static AccountPage Accounts(string json) => Read<AccountPage>(json);

    private static T Read<T>(string json, JsonMisfits? misfits = null)
        where T : ApiObject, new() => ApiJson.Read<T>(Encoding.UTF8.GetBytes(json), misfits ?? new JsonMisfits())!;
}
