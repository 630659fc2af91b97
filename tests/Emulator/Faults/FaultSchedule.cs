using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Files;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>A fault plan in use: counts requests and selects the rule that applies to each.</summary>
internal sealed class FaultSchedule(FaultPlan plan, TimeProvider? time = null)
{
    private readonly Lock _lock = new();
    private readonly int[] _seen = new int[plan.Rules.Count];
    private readonly int[] _played = new int[plan.Rules.Count];
    private readonly TokenBucket?[] _buckets =
    [
        .. plan.Rules.Select(rule => rule.Rate is { } rate ? new TokenBucket(rate, time ?? TimeProvider.System) : null),
    ];

    /// <summary>The pages that were sent; null if no rule needs them.</summary>
    public PageHistory? Pages { get; } = plan.Rules.Any(rule => rule.NeedsEarlierPages) ? new PageHistory() : null;

    public IReadOnlyList<FaultCount> Counts
    {
        get
        {
            lock (_lock)
            {
                return _seen.Zip(_played, (seen, played) => new FaultCount(seen, played)).ToArray();
            }
        }
    }

    /// <summary>
    /// Counts a request for every rule with its path and method, and returns the first rule that applies. The numbers of one rule
    /// therefore do not depend on other rules. Null if no rule applies.
    /// </summary>
    public FaultRule? Next(string path, string method = "GET", FileKind? file = null)
    {
        lock (_lock)
        {
            FaultRule? found = null;
            for (var i = 0; i < _seen.Length; i++)
            {
                var rule = plan.Rules[i];
                if (!rule.IsFor(path, method, file))
                {
                    continue;
                }

                var number = ++_seen[i];
                if (
                    found is null
                    && rule.AppliesTo(number, _played[i], Chance(i, number))
                    && _buckets[i]?.TryTake() != true
                )
                {
                    found = rule;
                    _played[i]++;
                }
            }

            return found;
        }
    }

    private double Chance(int rule, int request) =>
        (new SeededRandom(plan.Seed, request).Bits((Purpose)rule) >> 11) * (1.0 / (1L << 53));
}

/// <summary>A rate limit of so many requests per second, of which those of one second accumulate.</summary>
internal sealed class TokenBucket(int rate, TimeProvider time)
{
    private double? _left;
    private long _filled = time.GetTimestamp();

    /// <summary>Whether a request is within the limit.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        var tokens = Math.Min(rate, (_left ?? rate) + (time.GetElapsedTime(_filled, now).TotalSeconds * rate));
        _filled = now;
        _left = tokens < 1 ? tokens : tokens - 1;
        return tokens >= 1;
    }
}

/// <summary>For one rule: the number of requests with its path, and how often it was played.</summary>
internal sealed record FaultCount(int Seen, int Played);
