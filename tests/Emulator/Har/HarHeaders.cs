using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>Which headers can be taken from one connection to another: from upstream, or out of a recording.</summary>
internal static class HarHeaders
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    // They tell of one connection, or of the bytes on it.
    private static readonly HashSet<string> OfConnection = new(
        ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether a header belongs to the connection that it came over.</summary>
    public static bool BelongsToConnection(string name) => OfConnection.Contains(name);

    /// <summary>Whether a server can send this header.</summary>
    public static bool CanBeSent(string name, string value) =>
        name.Length > 0
        && name.All(c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c, StringComparison.Ordinal))
        && value.All(c => c is '\t' or (>= ' ' and <= '~'));
}
