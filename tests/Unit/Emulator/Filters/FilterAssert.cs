using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Filters;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Filters;

/// <summary>Asserts which jobs of a made-up account a filter selects, and with which error it is rejected.</summary>
internal static class FilterAssert
{
    private static readonly MadeUpAccount Account = new(2000, seed: 3, RunningEmulator.Now);

    public static Job[] Jobs { get; } = [.. Enumerable.Range(0, Account.Count).Select(i => Account[i])];

    /// <summary>Asserts that the filter selects the expected jobs. These must be at least one and not all jobs.</summary>
    public static void Selects(Func<Job, bool> expected, string filter)
    {
        var matching = Jobs.Where(expected).Select(job => job.Index).ToArray();

        Assert.InRange(matching.Length, 1, Jobs.Length - 1);
        Assert.Equal(matching, Selected(filter));
    }

    public static int[] Selected(string filter)
    {
        var condition = FilterCompiler.Compile(filter)!;
        return [.. Jobs.Where(job => condition(job)).Select(job => job.Index)];
    }

    /// <param name="filter">The filter.</param>
    /// <param name="position">The expected position of the error, from 1.</param>
    /// <param name="why">An expected part of the message.</param>
    public static void Rejects(string filter, int position, string why)
    {
        var error = Assert.Throws<ApiException>(() => FilterCompiler.Compile(filter));

        Assert.Equal((400, 3), (error.Status, error.Code));
        Assert.StartsWith($"invalid filter at position {position}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"; filter: {filter}", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message[..^filter.Length], StringComparison.Ordinal);
    }
}
