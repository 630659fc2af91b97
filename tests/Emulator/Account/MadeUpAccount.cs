using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Threading;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>An account whose jobs are computed when they are read; only changes of their state are stored.</summary>
internal sealed class MadeUpAccount
{
    public const string Id = "acme";
    public const string Name = "accounts/" + Id;

    private const int MinDigits = 6;

    private readonly ConcurrentDictionary<int, string> _states = new();
    private readonly string _numberFormat;
    private int _version;

    public MadeUpAccount(int count, ulong seed, DateTimeOffset now)
    {
        Count = count;
        Seed = seed;
        Now = Timestamp.From(now);
        var digits = Math.Max(MinDigits, (count - 1).ToString(CultureInfo.InvariantCulture).Length);
        _numberFormat = "D" + digits.ToString(CultureInfo.InvariantCulture);
    }

    public int Count { get; }

    public ulong Seed { get; }

    /// <summary>Nanoseconds since 1970; no time in the account is later.</summary>
    public long Now { get; }

    /// <summary>The number of changes so far.</summary>
    public int Version => Volatile.Read(ref _version);

    public Job this[int index] => new(this, index);

    /// <summary>Finds a job by its id; null if there is none.</summary>
    public Job? Find(string jobId)
    {
        var number = jobId.AsSpan(jobId.LastIndexOf('-') + 1);
        return
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < Count
            && this[index].Id == jobId
            ? this[index]
            : null;
    }

    /// <summary>The state that a call gave a job; null if none did.</summary>
    public string? FindState(int index) => Version > 0 && _states.TryGetValue(index, out var state) ? state : null;

    public void SetState(Job job, string state)
    {
        _states[job.Index] = state;
        Interlocked.Increment(ref _version);
    }

    /// <summary>The unit of all times, in nanoseconds.</summary>
    public long TimeUnit { get; init; } = 1;

    /// <summary>The unit of the times in responses, in nanoseconds.</summary>
    public long ShownTimeUnit { get; init; } = 1;

    public string FormatNumber(int index) => index.ToString(_numberFormat, CultureInfo.InvariantCulture);
}
