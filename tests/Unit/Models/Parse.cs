using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Reads JSON as the client does.</summary>
internal static class Parse
{
    public static DpoJob Job(string json) => Read(json, FireworksJsonContext.Default.DpoJob);

    public static DpoJobPage Page(string json, JsonMisfits? misfits = null) =>
        Read(json, FireworksJsonContext.Default.DpoJobPage, misfits);

    public static AccountPage Accounts(string json) => Read(json, FireworksJsonContext.Default.AccountPage);

    private static T Read<T>(string json, JsonTypeInfo<T> type, JsonMisfits? misfits = null)
        where T : class => ApiJson.Read(Encoding.UTF8.GetBytes(json), type, misfits ?? new JsonMisfits())!;
}
