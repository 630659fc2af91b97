using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>Between <see cref="RpcCode"/> and its spelling on the wire.</summary>
internal static class RpcCodes
{
    private static readonly WireEnum<RpcCode> Names = new("", RpcCode.Unrecognized);

    /// <summary>Every code there is a word for.</summary>
    public static IReadOnlyList<RpcCode> All => Names.Values;

    /// <summary>The code of a wire name. Null for none; <see cref="RpcCode.Unrecognized"/> for one not known here.</summary>
    public static RpcCode? Parse(string? wireName) => Names.Parse(wireName);

    /// <summary>The wire's name of a code. Not for <see cref="RpcCode.Unrecognized"/>, which has none.</summary>
    public static string ToWire(RpcCode code) => Names.ToWire(code);
}
