using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Puts job indices in an order. Each term becomes one column of longs that sort as its values do, so comparing two jobs
/// never computes a field, and a million jobs need eight megabytes a term.
/// </summary>
/// <remarks>
/// Not documented, so guessed: what is not set comes before what is, false before true, enums by their name.
/// Jobs that are equal in every term stay in the order of their names.
/// </remarks>
internal static class JobSorter
{
    private const decimal NumberScale = 1_000_000_000;

    /// <summary>All jobs by name.</summary>
    public static int[] ByName(MadeUpAccount account)
    {
        var indices = new int[account.Count];
        var ranks = new long[account.Count];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = i;
            ranks[i] = account[i].NameRank;
        }

        Array.Sort(ranks, indices);
        return indices;
    }

    /// <param name="account">Whose jobs they are.</param>
    /// <param name="named">The indices to sort, by name.</param>
    /// <param name="terms">The order.</param>
    public static int[] Sort(MadeUpAccount account, int[] named, IReadOnlyList<OrderTerm> terms)
    {
        if (terms.Count == 0)
        {
            return named;
        }

        var columns = terms.Select(term => Column(account, named, term.Path)).ToArray();
        var descending = terms.Select(term => term.Descending).ToArray();
        var positions = new int[named.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = i;
        }

        Array.Sort(positions, (a, b) => Compare(columns, descending, a, b));
        return Array.ConvertAll(positions, position => named[position]);
    }

    private static int Compare(long[][] columns, bool[] descending, int a, int b)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var order = columns[i][a].CompareTo(columns[i][b]);
            if (order != 0)
            {
                return descending[i] ? -order : order;
            }
        }

        return a.CompareTo(b);
    }

    private static long[] Column(MadeUpAccount account, int[] named, FieldPath path)
    {
        if (path.Leaf.Name == "name")
        {
            return Array.ConvertAll(named, index => account[index].NameRank);
        }

        return path.Leaf.Kind is FieldKind.Text or FieldKind.Enum
            ? TextColumn(account, named, path)
            : Array.ConvertAll(named, index => NumberKey(path.Leaf.Kind, path.Read(account[index])));
    }

    private static long NumberKey(FieldKind kind, FieldValue value) =>
        !value.IsSet ? long.MinValue
        : kind == FieldKind.Float ? (long)(value.Number * NumberScale)
        : (long)value.Number;

    private static long[] TextColumn(MadeUpAccount account, int[] named, FieldPath path)
    {
        var first = new Dictionary<string, long>(StringComparer.Ordinal);
        var keys = new long[named.Length];
        for (var i = 0; i < named.Length; i++)
        {
            var value = path.Read(account[named[i]]);
            if (!value.IsSet)
            {
                keys[i] = -1;
                continue;
            }

            if (!first.TryGetValue(value.Text!, out var number))
            {
                number = first.Count;
                first.Add(value.Text!, number);
            }

            keys[i] = number;
        }

        var rankOf = new long[first.Count];
        var rank = 0L;
        foreach (var pair in first.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            rankOf[pair.Value] = rank++;
        }

        return Array.ConvertAll(keys, key => key < 0 ? -1 : rankOf[key]);
    }
}
