using System.Collections.Concurrent;
using Fireworks.DpoJobs.Client;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Keeps the lines of the log.</summary>
internal sealed class FakeLog : IClientLog
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public void Verbose(string message) => Lines.Enqueue(message);
}
