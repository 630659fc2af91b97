using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>An account whose jobs are computed when they are read; only changes of their states and new jobs are stored.</summary>
internal sealed class MadeUpAccount
{
    public const string Id = "acme";
    public const string Name = "accounts/" + Id;

    private const int MinDigits = 6;

    private readonly string _numberFormat;
    private readonly ConcurrentDictionary<int, CreatedJob> _created = new();
    private readonly Lock _creation = new();

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

    /// <summary>The number of made-up jobs.</summary>
    public int Count { get; }

    /// <summary>The jobs that clients created, without those whose record is no longer kept.</summary>
    public IEnumerable<Job> CreatedJobs => _created.Keys.Select(index => this[index]).Where(job => !job.IsGone);

    public ulong Seed { get; }

    public VirtualClock Clock { get; }

    public Lifecycle Lifecycle { get; }

    /// <summary>Nanoseconds since 1970; no made-up job was created later.</summary>
    public long Now => Clock.Start;

    /// <summary>A number that grows whenever a job may have changed; 0 as long as none has.</summary>
    public long Version => Lifecycle.Version;

    public Job this[int index] => new(this, index);

    /// <summary>The request that created a job; null for a made-up job.</summary>
    public CreatedJob? FindCreated(int index) => index < Count ? null : _created.GetValueOrDefault(index);

    /// <summary>Creates a job; null if there is one with this id.</summary>
    public Job? Create(string id, IReadOnlyDictionary<string, FieldValue> values)
    {
        lock (_creation)
        {
            if (Find(id) is not null)
            {
                return null;
            }

            var job = this[Count + _created.Count];
            _created[job.Index] = new CreatedJob(id, Clock.Now, values);
            Lifecycle.Begin(job);
            return job;
        }
    }

    /// <summary>Undoes all changes, and removes the jobs that clients created.</summary>
    public void Restore()
    {
        lock (_creation)
        {
            _created.Clear();
            Lifecycle.Restore();
        }
    }

    /// <summary>Finds a job by its id; null if there is none, or its record is no longer kept.</summary>
    public Job? Find(string jobId)
    {
        foreach (var created in CreatedJobs)
        {
            if (created.Id == jobId)
            {
                return created;
            }
        }

        var number = jobId.AsSpan(jobId.LastIndexOf('-') + 1);
        return
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < Count
            && this[index].Id == jobId
            && !this[index].IsGone
            ? this[index]
            : null;
    }

    /// <summary>Returns the signed address of the log of a job.</summary>
    public Func<Job, string> SignLog { get; init; } = _ => "";

    /// <summary>The unit of all times, in nanoseconds.</summary>
    public long TimeUnit { get; init; } = 1;

    /// <summary>The unit of the times in responses, in nanoseconds.</summary>
    public long ShownTimeUnit { get; init; } = 1;

    public string FormatNumber(int index) => index.ToString(_numberFormat, CultureInfo.InvariantCulture);
}
