using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Recognizing names that a listing has already returned.</summary>
public sealed class SeenNamesTests
{
    private const int Many = 60_000;

    [Fact]
    public void Accepts_each_name_once_in_any_order()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), names => Agrees(names.Where(name => name is not null)))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Distinguishes_60_000_names_that_differ_in_a_few_digits(bool isDescending)
    {
        var names = Names(isDescending);
        var seen = new SeenNames();

        Assert.All(names, name => Assert.True(seen.Add(name)));
        Assert.All(names, name => Assert.False(seen.Add(name)));
    }

#if NET
    [Fact]
    public void The_names_of_a_range_take_little_memory()
    {
        var names = Names(isDescending: false).Take(1000).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var seen = new SeenNames(SeenNames.FewBuckets);
        names.ForEach(name => seen.Add(name));

        // A listing of a million jobs has a thousand ranges.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 8000, 30_000);
    }
#endif

    // In the hash without a key that earlier versions used, both had the fingerprint of the other.
    [Theory]
    [InlineData("zzzzaaaa", "aaaa\u32f8\u826f\u33e1\uc401")]
    [InlineData("zzzzaaaa-1", "aaaa\u32f8\u826f\u33e1\uc401-1")]
    public void Distinguishes_names_that_collide_in_a_hash_without_a_key(string first, string second)
    {
        DpoJob[] jobs = [new() { Name = "\uffff" }, new() { Name = first }, new() { Name = second }];

        Assert.Equal(jobs, new JobLimiter().Take(jobs));
    }

    [Fact]
    public void Every_listing_has_its_own_random_key()
    {
        var hashes = Enumerable.Range(0, 100).Select(_ => SipHash.CreateRandom().Compute("nightly-1"));

        Assert.Equal(100, hashes.Distinct().Count());
    }

    private static bool Agrees(IEnumerable<string> names)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        var seen = new SeenNames();
        return names.Concat(names).All(name => seen.Add(name) == expected.Add(name));
    }

    private static List<string> Names(bool isDescending)
    {
        var names = Enumerable.Range(0, Many).Select(Name);
        return [.. isDescending ? names.Reverse() : names];
    }

    private static string Name(int number) =>
        "accounts/acme/dpoJobs/nightly-llama-" + number.ToString("d7", CultureInfo.InvariantCulture);
}
