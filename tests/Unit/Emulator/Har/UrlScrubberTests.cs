using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Record;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

public sealed class UrlScrubberTests
{
    [Theory]
    [InlineData("/v1/jobs?pageToken=fw_canary", "/v1/jobs?pageToken=REDACTED")]
    [InlineData("/v1/jobs?api_key=canary&pageSize=2", "/v1/jobs?api_key=REDACTED&pageSize=2")]
    [InlineData(
        "/v1/jobs?filter=created_by%3D%22canary%40example.org%22",
        "/v1/jobs?filter=created_by%3D%22someone%40example.com%22"
    )]
    [InlineData("/v1/jobs?u=https%3A%2F%2Fh%2Fa%3Fsig%3Dcanary", "/v1/jobs?u=https%3A%2F%2Fh%2Fa")]
    [InlineData("/v1/jobs?fw_canary", "/v1/jobs?REDACTED=")]
    [InlineData("/v1/fpk_canary/jobs", "/v1/REDACTED/jobs")]
    [InlineData("/v1/users/canary%40example.org", "/v1/users/someone%40example.com")]
    public void No_canary_survives(string target, string expected)
    {
        var uri = new Uri(Entry.Origin + target);

        Assert.Equal(Entry.Origin + expected, UrlScrubber.Scrub(uri));
        Assert.DoesNotContain(
            UrlScrubber.ScrubQuery(uri),
            pair => (pair.Name + pair.Value).Contains("canary", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/v1/accounts/acme/dpoJobs")]
    [InlineData("/v1/accounts/acme/dpoJobs?pageSize=200&pageToken=b2Zmc2V0PTM%3D")]
    [InlineData("/v1/accounts/acme/dpoJobs/a%20b:cancel?filter=state%3DFAILED%20AND%20a")]
    public void What_is_harmless_stays(string target) =>
        Assert.Equal(Entry.Origin + target, UrlScrubber.Scrub(new Uri(Entry.Origin + target)));

    [Fact]
    public void The_query_is_listed_decoded_and_in_order() =>
        Assert.Equal(
            ["b=2", "a=x y=z"],
            UrlScrubber
                .ScrubQuery(new Uri(Entry.Origin + "/?b=2&a=x+y%3Dz"))
                .Select(pair => $"{pair.Name}={pair.Value}")
        );
}
