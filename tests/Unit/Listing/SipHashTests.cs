using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>SipHash-2-4 on the vectors of its reference implementation.</summary>
public sealed class SipHashTests
{
    // The reference vectors hash 00 01 02 …; those of an even length are strings in UTF-16.
    [Theory]
    [InlineData("", 0x726fdb47dd0e0e31)]
    [InlineData("\u0100", 0x0d6c8009d9a94f5a)]
    [InlineData("\u0100\u0302\u0504", 0xcbc9466e58fee3ce)]
    [InlineData("\u0100\u0302\u0504\u0706", 0x93f5f5799a932462)]
    [InlineData("\u0100\u0302\u0504\u0706\u0908\u0b0a\u0d0c", 0xf723ca908e7af2ee)]
    public void Computes_the_reference_vectors(string text, ulong hash)
    {
        Assert.Equal(hash, new SipHash(0x0706050403020100, 0x0f0e0d0c0b0a0908).Compute(text));
    }

    [Fact]
    public void Strings_that_differ_in_null_characters_or_positions_have_different_hashes()
    {
        string[] texts = ["", "\0", "\0\0", "\0\0\0\0", "a", "a\0", "\0a", "aaaab", "aaaba", "abaaaaaa", "aaaaabaa"];

        Assert.Equal(texts.Length, texts.Select(SipHash.CreateRandom().Compute).Distinct().Count());
    }
}
