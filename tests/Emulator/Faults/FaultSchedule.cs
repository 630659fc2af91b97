using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>A fault plan in use: counts requests and selects the rule that applies to each.</summary>
internal sealed class FaultSchedule(FaultPlan plan)
{
    private readonly Lock _lock = new();
    private readonly int[] _seen = new int[plan.Rules.Count];
    private readonly int[] _played = new int[plan.Rules.Count];

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
    public FaultRule? Next(string path, string method = "GET")
    {
        lock (_lock)
        {
            FaultRule? found = null;
            for (var i = 0; i < _seen.Length; i++)
            {
                var rule = plan.Rules[i];
                if (!rule.IsFor(path, method))
                {
                    continue;
                }

                var number = ++_seen[i];
                if (found is null && rule.AppliesTo(number, _played[i], Chance(i, number)))
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

/// <summary>For one rule: the number of requests with its path, and how often it was played.</summary>
internal sealed record FaultCount(int Seen, int Played);
