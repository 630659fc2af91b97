using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Filters;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Selects the jobs that match a filter, and orders them. Results are cached, so all pages of a list are parts of one array.
/// </summary>
/// <remarks>
/// The service does not document the order of some values. The assumptions are: unset before set, false before true, enums by
/// name. Jobs that are equal in every term are ordered by name.
/// </remarks>
internal sealed class JobIndex
{
    private const int MaxCached = 64;

    private readonly MadeUpAccount _account;
    private readonly Dialect _dialect;
    private readonly Lazy<int[]> _byName;
    private readonly ConcurrentDictionary<(string, string, bool, long), Lazy<int[]>> _cache = new();

    public JobIndex(MadeUpAccount account, Dialect dialect = Dialect.None)
    {
        _dialect = dialect;
        _account = account;
        _byName = new Lazy<int[]>(SortByName);
    }

    /// <param name="filter">An AIP-160 filter; empty for all jobs.</param>
    /// <param name="orderBy">The order; empty for that by name.</param>
    /// <param name="includeArchived">Whether deleted jobs are included.</param>
    /// <returns>The indices of the jobs.</returns>
    /// <exception cref="ApiException">The filter or the order is invalid.</exception>
    public int[] Select(string filter, string orderBy, bool includeArchived = false)
    {
        var version = _account.Version;
        if (filter.Length == 0 && orderBy.Length == 0 && version == 0)
        {
            return _byName.Value;
        }

        var condition = Compile(filter);
        var terms = ParseOrder(orderBy);
        if (_cache.Count >= MaxCached)
        {
            _cache.Clear();
        }

        return _cache
            .GetOrAdd(
                (filter, orderBy, includeArchived, version),
                _ => new Lazy<int[]>(() => Sort(Matching(condition, includeArchived, version > 0), terms))
            )
            .Value;
    }

    private int[] Matching(Condition<Job>? condition, bool includeArchived, bool hasChanged) =>
        condition is null && !hasChanged
            ? _byName.Value
            : Array.FindAll(
                WithCreated(_byName.Value),
                index =>
                    (!hasChanged || IsListed(_account[index], includeArchived))
                    && (condition is null || condition(_account[index]))
            );

    private int[] WithCreated(int[] byName)
    {
        var created = _account.CreatedJobs.OrderBy(job => job.Id, StringComparer.Ordinal).ToList();
        if (created.Count == 0)
        {
            return byName;
        }

        var merged = new List<int>(byName);
        foreach (var job in created)
        {
            var at = merged.FindIndex(index => string.CompareOrdinal(_account[index].Id, job.Id) > 0);
            merged.Insert(at < 0 ? merged.Count : at, job.Index);
        }

        return [.. merged];
    }

    private static bool IsListed(Job job, bool includeArchived) =>
        !job.IsGone && (includeArchived || job.State != Lifecycle.Deleted);

    private Condition<Job>? Compile(string filter) =>
        filter.Length == 0 || _dialect.HasFlag(Dialect.IgnoredFilters) ? null
        : _dialect.HasFlag(Dialect.RejectedFilters) ? throw ApiException.Invalid("filters are not supported")
        : _dialect.HasFlag(Dialect.UnimplementedFilters) ? throw ApiException.Unimplemented()
        : _dialect.HasFlag(Dialect.EmptyResults) ? _ => false
        : FilterCompiler.Compile(filter, _dialect);

    private int[] SortByName()
    {
        var indices = Enumerable.Range(0, _account.Count).ToArray();
        Array.Sort(Array.ConvertAll(indices, index => _account[index].NameRank), indices);
        return indices;
    }

    /// <summary>Parses an order such as <c>state,training_config.epochs desc</c>.</summary>
    private static (FieldPath Path, bool IsDescending)[] ParseOrder(string text) =>
        text.Length == 0 ? [] : Array.ConvertAll(text.Split(','), ParseTerm);

    private static (FieldPath Path, bool IsDescending) ParseTerm(string term)
    {
        var words = term.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ([_] or [_, "desc"]))
        {
            throw ApiException.Invalid($"invalid order_by term \"{term.Trim()}\"");
        }

        var path =
            FieldPath.Find(JobSchema.InList, words[0])
            ?? throw ApiException.Invalid($"invalid order_by: unknown field \"{words[0]}\"");
        return path.Leaf.Kind is FieldKind.Message or FieldKind.TextList
            ? throw ApiException.Invalid($"invalid order_by: \"{words[0]}\" is not a scalar field")
            : (path, words.Length == 2);
    }

    private int[] Sort(int[] byName, (FieldPath Path, bool IsDescending)[] terms)
    {
        if (terms.Length == 0)
        {
            return byName;
        }

        // Each value is read once, not once per comparison.
        var columns = Array.ConvertAll(
            terms,
            term => Array.ConvertAll(byName, index => term.Path.Read(_account[index]))
        );
        var positions = Enumerable.Range(0, byName.Length).ToArray();
        Array.Sort(
            positions,
            (a, b) =>
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    var order = columns[i][a].CompareTo(columns[i][b]);
                    if (order != 0)
                    {
                        return terms[i].IsDescending ? -order : order;
                    }
                }

                return a.CompareTo(b);
            }
        );
        return Array.ConvertAll(positions, position => byName[position]);
    }
}
