using System;
using System.Globalization;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>An account whose jobs are computed when they are read; none is stored.</summary>
internal sealed class MadeUpAccount
{
    public const string Id = "acme";
    public const string Name = "accounts/" + Id;

    private const int MinDigits = 6;

    private readonly string _numberFormat;

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

    /// <summary>Whether times have at most six decimals.</summary>
    public bool StoresMicroseconds { get; init; }

    public string FormatNumber(int index) => index.ToString(_numberFormat, CultureInfo.InvariantCulture);
}
