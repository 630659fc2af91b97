using System.Runtime.CompilerServices;

namespace Fireworks.DpoJobs;

/// <summary>
/// The connections of sessions. A connection is not visible in other runspaces, and ends with its session: when the runspace
/// ends, or when its variables are reset before it is used again. <c>ForEach-Object -Parallel</c> uses runspaces again in that
/// way, so no iteration gets the connection of another one.
/// </summary>
internal static class ConnectionStore
{
    private static readonly ConditionalWeakTable<object, FwConnection> Connections = new();

    /// <summary>The connection of a session. Null when there is none.</summary>
    /// <param name="session">An object that lives as long as the session.</param>
    public static FwConnection? Find(object session) =>
        Connections.TryGetValue(session, out var connection) ? connection : null;

    /// <summary>Sets or replaces the connection of a session.</summary>
    public static void Set(object session, FwConnection connection)
    {
        Connections.Remove(session);
        Connections.Add(session, connection);
    }

    /// <summary>Removes the connection of a session, if there is one.</summary>
    public static void Remove(object session) => Connections.Remove(session);
}
