using System.Collections.Generic;
using System.Threading;

namespace Fireworks.DpoJobs.Emulator.Replay;

/// <summary>The answers to one request, one after the other; the last is given again and again.</summary>
internal sealed class ReplaySequence(IReadOnlyList<ReplayAnswer> answers)
{
    private long _given;

    /// <summary>The next answer. Safe to call from several threads.</summary>
    public ReplayAnswer Next() => answers[(int)long.Min(Interlocked.Increment(ref _given), answers.Count) - 1];
}
