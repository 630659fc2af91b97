using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>A job that a client created.</summary>
/// <param name="Id">The id.</param>
/// <param name="CreateTime">Nanoseconds since 1970.</param>
/// <param name="Values">The fields of the request by their paths, with the defaults that the service fills in.</param>
internal sealed record CreatedJob(string Id, long CreateTime, IReadOnlyDictionary<string, FieldValue> Values)
{
    // The service computes these, as for every other job.
    private static readonly HashSet<string> Computed =
    [
        "name",
        "createTime",
        "completedTime",
        "createdBy",
        "state",
        "status",
        "trainerLogsSignedUrl",
    ];

    /// <summary>Reads a field; false if the service computes it.</summary>
    public bool TryRead(Field field, out FieldValue value)
    {
        value = default;
        if (Computed.Contains(field.Path.Split('.')[0]))
        {
            return false;
        }

        if (!Values.TryGetValue(field.Path, out value))
        {
            value = field.UnsetValue;
        }

        return true;
    }
}
