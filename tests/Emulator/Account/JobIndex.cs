using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Fireworks.DpoJobs.Emulator.Filters;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>Which jobs match a filter, in which order; remembered, so that the pages of one list are cut from one array.</summary>
internal sealed class JobIndex
{
    private const int MostRemembered = 64;

    private readonly MadeUpAccount _account;
    private readonly Lazy<int[]> _byName;
    private readonly ConcurrentDictionary<(string Filter, string OrderBy), Lazy<int[]>> _remembered = new();

    public JobIndex(MadeUpAccount account)
    {
        _account = account;
        _byName = new Lazy<int[]>(() => JobSorter.ByName(account));
    }

    /// <exception cref="ApiException">The filter or the order is not understood.</exception>
    public int[] Select(string filter, string orderBy)
    {
        if (filter.Length == 0 && orderBy.Length == 0)
        {
            return _byName.Value;
        }

        var condition = FilterCompiler.Compile(filter);
        var terms = OrderBy.Parse(orderBy);
        if (_remembered.Count >= MostRemembered)
        {
            _remembered.Clear();
        }

        var selected = _remembered.GetOrAdd(
            (filter, orderBy),
            _ => new Lazy<int[]>(
                () => JobSorter.Sort(_account, Matching(condition), terms),
                LazyThreadSafetyMode.ExecutionAndPublication
            )
        );
        return selected.Value;
    }

    private int[] Matching(Condition<Job>? condition)
    {
        if (condition is null)
        {
            return _byName.Value;
        }

        var matching = new List<int>();
        foreach (var index in _byName.Value)
        {
            if (condition.Matches(_account[index]))
            {
                matching.Add(index);
            }
        }

        return [.. matching];
    }
}
