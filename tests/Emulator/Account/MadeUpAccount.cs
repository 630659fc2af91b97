using System;
using System.Globalization;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>An account whose jobs are computed when they are read; only changes of their states are stored.</summary>
internal sealed class MadeUpAccount
{
    public const string Id = "acme";
    public const string Name = "accounts/" + Id;

    private const int MinDigits = 6;

    private readonly string _numberFormat;

    /// <param name="count">The number of jobs.</param>
    /// <param name="seed">Selects the random data of the jobs.</param>
    /// <param name="now">The latest time in the account at the start.</param>
    /// <param name="transition">How many seconds a job is being cancelled or deleted.</param>
    public MadeUpAccount(int count, ulong seed, DateTimeOffset now, long transition = 0)
    {
        Count = count;
        Seed = seed;
        Clock = new VirtualClock(Timestamp.From(now));
        Lifecycle = new Lifecycle(Clock, transition);
        var digits = Math.Max(MinDigits, (count - 1).ToString(CultureInfo.InvariantCulture).Length);
        _numberFormat = "D" + digits.ToString(CultureInfo.InvariantCulture);
    }

    public int Count { get; }

    public ulong Seed { get; }

    public VirtualClock Clock { get; }

    public Lifecycle Lifecycle { get; }

    /// <summary>Nanoseconds since 1970; no made-up job was created later.</summary>
    public long Now => Clock.Start;

    /// <summary>A number that grows whenever a job may have changed; 0 as long as none has.</summary>
    public long Version => Lifecycle.Version;

    public Job this[int index] => new(this, index);

    /// <summary>Undoes all changes.</summary>
    public void Restore() => Lifecycle.Restore();

    /// <summary>Finds a job by its id; null if there is none, or its record is no longer kept.</summary>
    public Job? Find(string jobId)
    {
        var number = jobId.AsSpan(jobId.LastIndexOf('-') + 1);
        return
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < Count
            && this[index].Id == jobId
            && !this[index].IsGone
            ? this[index]
            : null;
    }

    /// <summary>Whether times have at most six decimals.</summary>
    public bool StoresMicroseconds { get; init; }

    public string FormatNumber(int index) => index.ToString(_numberFormat, CultureInfo.InvariantCulture);
}
