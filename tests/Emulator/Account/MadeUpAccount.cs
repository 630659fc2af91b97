using System;
using System.Globalization;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>An account whose jobs are computed when they are asked for; nothing is stored.</summary>
internal sealed class MadeUpAccount
{
    private const int LeastDigits = 6;

    private readonly string _numberFormat;

    public MadeUpAccount(string id, int count, ulong seed, DateTimeOffset now)
    {
        Id = id;
        Count = count;
        Seed = seed;
        Now = Timestamp.From(now);
        var digits = Math.Max(LeastDigits, (count - 1).ToString(CultureInfo.InvariantCulture).Length);
        _numberFormat = "D" + digits.ToString(CultureInfo.InvariantCulture);
    }

    public string Id { get; }

    public int Count { get; }

    public ulong Seed { get; }

    /// <summary>Nanoseconds since 1970.</summary>
    public long Now { get; }

    public string Name => "accounts/" + Id;

    public Job this[int index] => new(this, index);

    /// <summary>The job with this id; null when there is none.</summary>
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

    internal string Number(int index) => index.ToString(_numberFormat, CultureInfo.InvariantCulture);
}
