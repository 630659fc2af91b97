using System.Runtime.CompilerServices;

namespace Fireworks.DpoJobs;

/// <summary>
/// The connection of each runspace. It goes with the runspace, and no other one sees it, so that
/// <c>ForEach-Object -Parallel</c> cannot mix accounts up.
/// </summary>
internal static class ConnectionStore
{
    private static readonly ConditionalWeakTable<object, FwConnection> Connections = new();

    /// <summary>The connection of a runspace. Null when it has none.</summary>
    public static FwConnection? Find(object runspace) =>
        Connections.TryGetValue(runspace, out var connection) ? connection : null;

    /// <summary>Gives a runspace a connection, in place of the one it had.</summary>
    public static void Set(object runspace, FwConnection connection)
    {
        Connections.Remove(runspace);
        Connections.Add(runspace, connection);
    }

    /// <summary>Takes a runspace's connection away, if it has one.</summary>
    public static void Remove(object runspace) => Connections.Remove(runspace);
}
