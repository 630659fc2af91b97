using Fireworks.DpoJobs.Models.Json;

namespace Fireworks.DpoJobs.Models;

/// <summary>Between <see cref="RpcCode"/> and its spelling on the wire.</summary>
internal static class RpcCodes
{
    private static readonly WireEnum<RpcCode> Names = new("", RpcCode.Unrecognized);

    /// <summary>The code of a wire name. Null for none; <see cref="RpcCode.Unrecognized"/> for one not known here.</summary>
    public static RpcCode? Parse(string? wireName) => Names.Parse(wireName);
}
