using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Control;

/// <summary>One request as a test sees it. Of the headers only the names are kept, so no key can be read back.</summary>
internal sealed class JournalEntry
{
    public JournalEntry(HttpRequest request, double startMs)
    {
        Method = request.Method;
        Path = request.Path.Value ?? "";
        Query = request
            .Query.SelectMany(pair => pair.Value.Select(value => new JournalParameter(pair.Key, value ?? "")))
            .ToArray();
        Headers = request.Headers.Keys.ToArray();
        UserAgent = request.Headers.UserAgent.ToString();
        StartMs = startMs;
    }

    public string Method { get; }

    public string Path { get; }

    public IReadOnlyList<JournalParameter> Query { get; }

    public IReadOnlyList<string> Headers { get; }

    public string UserAgent { get; }

    /// <summary>Milliseconds since the server started; a reset does not change the origin.</summary>
    public double StartMs { get; }

    /// <summary>Null while the request is being answered.</summary>
    public double? EndMs { get; private set; }

    /// <summary>The client went away before the answer was complete.</summary>
    public bool Aborted { get; private set; }

    /// <summary>Null while the request is being answered, and when the connection was cut before the headers.</summary>
    public int? Status { get; private set; }

    internal bool EndedByServer { get; private set; }

    /// <summary>To be called before the server itself cuts the connection.</summary>
    public void AbortedByServer() => EndedByServer = true;

    public void End(double endMs, int? status, bool aborted)
    {
        EndMs = endMs;
        Status = status;
        Aborted = aborted;
    }

    public JournalEntry Copy() => (JournalEntry)MemberwiseClone();
}

/// <summary>One parameter of a query; a name can come more than once.</summary>
internal sealed record JournalParameter(string Name, string Value);
