using System;
using Fireworks.DpoJobs.Emulator.CommandLine;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class CommandLineTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 21, 22, 58, 59, TimeSpan.FromHours(2));

    [Fact]
    public void Every_option_of_emulate_is_understood()
    {
        var options = Assert.IsType<EmulateOptions>(
            Parse(
                "emulate --jobs 20000 --latency 50ms --seed=7 --account acme-2 --key fw_x --no-compression --log "
                    + "--now 2026-11-01T00:00:00.5Z --port 8080 --end-with-input --cache-pages"
            )
        );

        Assert.Equal((20000, 7UL, "acme-2", "fw_x"), (options.Jobs, options.Seed, options.Account, options.Key));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, 500, TimeSpan.Zero), options.Now);
        Assert.Equal(TimeSpan.FromMilliseconds(50), options.Latency);
        Assert.True(options.CachePages);
        Assert.Equal((false, true, true, 8080), (options.Compression, options.Log, options.EndWithInput, options.Port));
    }

    [Fact]
    public void Now_is_floored_to_the_hour_when_it_is_not_given()
    {
        var options = Assert.IsType<EmulateOptions>(Parse("emulate"));

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero), options.Now);
    }

    [Theory]
    [InlineData("50ms", 50)]
    [InlineData("0.2s", 200)]
    [InlineData("50", 50)]
    [InlineData("0", 0)]
    public void A_latency_has_three_spellings(string text, double milliseconds) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(milliseconds),
            Assert.IsType<EmulateOptions>(Parse("emulate --latency " + text)).Latency
        );

    [Fact]
    public void Replay_and_record_have_their_own()
    {
        Assert.Equal("x.har", Assert.IsType<ReplayOptions>(Parse("replay --recordings x.har")).Recordings);
        var record = Assert.IsType<RecordOptions>(Parse("record --upstream https://api.fireworks.ai --out x.har"));
        Assert.Equal((new Uri("https://api.fireworks.ai"), "x.har"), (record.Upstream, record.OutFile));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("emulate --jobs nonsense --help")]
    public void Help_wins_over_everything(string args) => Assert.Null(Parse(args));

    [Theory]
    [InlineData("", "verb")]
    [InlineData("serve", "'serve'")]
    [InlineData("emulate jobs", "'jobs'")]
    [InlineData("emulate --jobs", "--jobs")]
    [InlineData("emulate --jobs --log", "--jobs")]
    [InlineData("emulate --jobs -1", "--jobs '-1'")]
    [InlineData("emulate --jobs 1 --jobs 2", "twice")]
    [InlineData("emulate --latency soon", "--latency 'soon'")]
    [InlineData("emulate --now today", "--now 'today'")]
    [InlineData("emulate --account Acme", "--account 'Acme'")]
    [InlineData("emulate --log=yes", "--log takes no value")]
    [InlineData("emulate --port 65536", "--port '65536'")]
    [InlineData("emulate --parent 2147483647", "2147483647")]
    [InlineData("emulate --recordings x", "--recordings")]
    [InlineData("replay", "--recordings")]
    [InlineData("record --out x.har", "--upstream")]
    [InlineData("record --upstream http://127.0.0.1:1", "--out")]
    [InlineData("record --upstream ftp://x --out x.har", "ftp://x")]
    public void Errors_name_what_is_wrong(string args, string named)
    {
        var error = Assert.Throws<CommandLineException>(() => Parse(args));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static EmulatorOptions? Parse(string args) =>
        CommandLineParser.Parse(args.Split(' ', StringSplitOptions.RemoveEmptyEntries), Today);
}
