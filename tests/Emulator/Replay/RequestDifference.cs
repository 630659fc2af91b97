using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Replay;

/// <summary>How a request ("here") differs from a recorded one ("there"), and how far they are apart.</summary>
internal sealed class RequestDifference
{
    // A wrong path is another question; a wrong parameter is the same one asked otherwise.
    private const int WeightOfPath = 10;

    private readonly List<string> _parts = [];

    /// <summary>Compares two requests.</summary>
    public RequestDifference(RequestLine here, RequestLine there)
    {
        if (here.Method != there.Method)
        {
            Add("method", here.Method, there.Method, WeightOfPath);
        }
        if (here.Path != there.Path)
        {
            Add("path", here.Path, there.Path, WeightOfPath * CountDifferentParts(here.Path, there.Path));
        }
        CompareParameters(here, there);
    }

    /// <summary>0 for equal requests; the smaller, the nearer.</summary>
    public int Distance { get; private set; }

    /// <summary>The differences: <c>pageSize is 7 here and absent there</c>.</summary>
    public override string ToString() => string.Join("; ", _parts);

    private static int CountDifferentParts(string here, string there)
    {
        var mine = here.Split('/');
        var theirs = there.Split('/');
        // Another job is nearer than no job.
        return (2 * Math.Abs(mine.Length - theirs.Length)) + mine.Zip(theirs).Count(pair => pair.First != pair.Second);
    }

    private void CompareParameters(RequestLine here, RequestLine there)
    {
        var mine = here.Parameters.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var theirs = there.Parameters.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var name in mine.Concat(theirs).Select(group => group.Key).Distinct().Order(StringComparer.Ordinal))
        {
            if (!mine[name].SequenceEqual(theirs[name]))
            {
                Add(name, Show(mine[name]), Show(theirs[name]), weight: 1);
            }
        }
    }

    private static string Show(IEnumerable<string> values)
    {
        // Escaped, so that nothing in it can break the log line; "empty" is not to be mistaken for "absent".
        var shown = values.Select(value => value.Length == 0 ? "empty" : Uri.EscapeDataString(value)).ToList();
        return shown.Count == 0 ? "absent" : string.Join(" and ", shown);
    }

    private void Add(string what, string here, string there, int weight)
    {
        _parts.Add($"{Uri.EscapeDataString(what)} is {here} here and {there} there");
        Distance += weight;
    }
}
