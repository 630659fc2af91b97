using System;
using Fireworks.DpoJobs.Emulator;
using Fireworks.DpoJobs.Emulator.Filters;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator;

public sealed class EmulatorOptionsTests
{
    [Fact]
    public void Parses_every_command_line_option()
    {
        var options = Parse(
            "emulate --jobs 20000 --latency 50ms --seed 7 --key fw_x --now 2026-11-01T00:00:00.5Z --cache-pages "
                + "--port 8080 --file-port 8081 --parent 1 --end-with-input --log"
        );

        var expected = new EmulatorOptions
        {
            Command = EmulatorCommand.Emulate,
            Jobs = 20000,
            Latency = TimeSpan.FromMilliseconds(50),
            Seed = 7,
            Key = "fw_x",
            Now = new DateTimeOffset(2026, 11, 1, 0, 0, 0, 500, TimeSpan.Zero),
            CachePages = true,
            Port = 8080,
            FilePort = 8081,
            Parent = 1,
            EndWithInput = true,
            Log = true,
        };
        Assert.Equal(expected, options);
        Assert.Equal("x.har", Parse("replay --recordings x.har").Recordings);
        var record = Parse("record --upstream https://api.fireworks.ai --out x.har");
        Assert.Equal((new Uri("https://api.fireworks.ai"), "x.har"), (record.Upstream, record.OutFile));
    }

    [Theory]
    [InlineData("50ms", 50)]
    [InlineData("0.2s", 200)]
    [InlineData("50", 50)]
    public void Parses_a_latency_in_milliseconds_or_seconds(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse("emulate --latency " + text).Latency);

    [Theory]
    [InlineData("", "command")]
    [InlineData("serve", "'serve'")]
    [InlineData("emulate jobs", "'jobs'")]
    [InlineData("emulate --jobs", "--jobs")]
    [InlineData("emulate --jobs --log", "--jobs")]
    [InlineData("emulate --jobs -1", "--jobs '-1'")]
    [InlineData("emulate --latency soon", "--latency 'soon'")]
    [InlineData("emulate --now today", "--now 'today'")]
    [InlineData("emulate --port 65536", "--port '65536'")]
    [InlineData("emulate --file-port x", "--file-port 'x'")]
    [InlineData("replay --recordings x --file-port 1", "--file-port")]
    [InlineData("emulate --recordings x", "--recordings")]
    [InlineData("replay", "--recordings")]
    [InlineData("record --out x.har", "--upstream")]
    [InlineData("record --upstream http://127.0.0.1:1", "--out")]
    [InlineData("record --upstream x --out x.har", "--upstream 'x'")]
    public void An_invalid_command_line_names_the_argument(string args, string named)
    {
        var error = Assert.Throws<InvalidInputException>(() => Parse(args));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static EmulatorOptions Parse(string args) =>
        EmulatorOptions.Parse(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Parses_dialects()
    {
        var options = EmulatorOptions.Parse(["emulate", "--dialect", "quoted-enums,microseconds,nested-metrics"]);

        Assert.Equal(Dialect.QuotedEnums | Dialect.Microseconds | Dialect.NestedMetrics, options.Dialect);
        Assert.Equal(1_000_000, Dialects.Parse("milliseconds").TimeUnit());
        Assert.Throws<InvalidInputException>(() => EmulatorOptions.Parse(["emulate", "--dialect", "7"]));
        Assert.Throws<InvalidInputException>(() => EmulatorOptions.Parse(["emulate", "--dialect", "nope"]));
    }
}
