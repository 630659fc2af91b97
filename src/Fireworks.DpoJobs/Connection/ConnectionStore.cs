using System.Runtime.CompilerServices;

namespace Fireworks.DpoJobs;

/// <summary>
/// The connections of runspaces. A connection lives as long as its runspace and is not visible to others, so
/// <c>ForEach-Object -Parallel</c> cannot mix accounts.
/// </summary>
internal static class ConnectionStore
{
    private static readonly ConditionalWeakTable<object, FwConnection> Connections = new();

    /// <summary>The connection of a runspace. Null when there is none.</summary>
    public static FwConnection? Find(object runspace) =>
        Connections.TryGetValue(runspace, out var connection) ? connection : null;

    /// <summary>Sets or replaces the connection of a runspace.</summary>
    public static void Set(object runspace, FwConnection connection)
    {
        Connections.Remove(runspace);
        Connections.Add(runspace, connection);
    }

    /// <summary>Removes the connection of a runspace, if there is one.</summary>
    public static void Remove(object runspace) => Connections.Remove(runspace);
}
