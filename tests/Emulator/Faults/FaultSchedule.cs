using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>A plan that is being followed: counts the requests and says what happens to each.</summary>
internal sealed class FaultSchedule(FaultPlan plan)
{
    private readonly Lock _lock = new();
    private readonly int[] _seen = new int[plan.Rules.Count];
    private readonly int[] _played = new int[plan.Rules.Count];

    /// <summary>What is known of the pages that were sent; null when no rule needs it.</summary>
    public EarlierPages? Pages { get; } = plan.Rules.Any(rule => rule.NeedsEarlierPages) ? new EarlierPages() : null;

    /// <summary>How often each rule's path was asked for, and how often the rule was played.</summary>
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
    /// Counts a request, with every rule of its path, and finds the first rule that applies to it: so a rule's numbers
    /// do not depend on the rules before it.
    /// </summary>
    public FaultRule? Next(string path)
    {
        lock (_lock)
        {
            FaultRule? found = null;
            for (var i = 0; i < _seen.Length; i++)
            {
                var rule = plan.Rules[i];
                if (rule.IsFor(path) && rule.AppliesTo(++_seen[i], Chance(i, _seen[i])) && found is null)
                {
                    found = rule;
                    _played[i]++;
                }
            }

            return found;
        }
    }

    /// <summary>Addressed by rule and request, not drawn in order: a rule more changes nothing for the others.</summary>
    private double Chance(int rule, int request) =>
        (new Dice(plan.Seed, request).Bits((Purpose)rule) >> 11) * (1.0 / (1L << 53));
}

/// <summary>How often a rule's path was asked for, and how often the rule was played.</summary>
internal sealed record FaultCount(int Seen, int Played);
