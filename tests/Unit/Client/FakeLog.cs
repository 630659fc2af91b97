using System.Collections.Concurrent;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Records the lines of the log.</summary>
internal sealed class FakeLog : IClientLog
{
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The lines that are warnings.</summary>
    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <summary>How many retry delays have ended.</summary>
    public int WaitsOver { get; private set; }

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Warning(string message)
    {
        Lines.Enqueue(message);
        Warnings.Enqueue(message);
    }

    public void RetryWait(string message) => Lines.Enqueue(message);

    public void RetryOver() => WaitsOver++;
}
