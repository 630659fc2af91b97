using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>
/// What the pages so far leave to the next one, by the token that leads to it. The service's tokens say what page they
/// are of, so a listing that is made again, or a page that is asked for again, finds the same.
/// </summary>
internal sealed class EarlierPages
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _byToken = [];

    /// <summary>Keeps what a page leaves to the next.</summary>
    /// <param name="next">The token that the page gave.</param>
    /// <param name="own">The token of the page; empty for a first one.</param>
    /// <param name="last">Its last job.</param>
    /// <param name="moved">A job that had to make way on a page whose jobs were moved.</param>
    public void Keep(string next, string own, JsonNode? last, JsonNode? moved)
    {
        lock (_lock)
        {
            _byToken[next] = new Entry(own, last?.DeepClone(), moved?.DeepClone());
        }
    }

    /// <summary>The last job of the page before; null when that page is not known.</summary>
    public JsonNode? LastBefore(string token) => Find(token)?.Last?.DeepClone();

    /// <summary>The job that made way on the page before; null when none did.</summary>
    public JsonNode? MovedFrom(string token) => Find(token)?.Moved?.DeepClone();

    /// <summary>The token so many pages before this one; null when it is not known.</summary>
    public string? Before(string token, int pages)
    {
        var at = token;
        for (var i = 0; i < pages; i++)
        {
            at = Find(at)?.Own ?? "";
        }

        return at.Length == 0 ? null : at;
    }

    private Entry? Find(string token)
    {
        lock (_lock)
        {
            return _byToken.GetValueOrDefault(token);
        }
    }

    private sealed record Entry(string Own, JsonNode? Last, JsonNode? Moved);
}
