using System;
using System.Collections.Generic;
using System.Globalization;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Filters;

namespace Fireworks.DpoJobs.Emulator;

/// <summary>The source of the responses.</summary>
internal enum EmulatorCommand
{
    /// <summary>A made-up account.</summary>
    Emulate,

    /// <summary>The responses of HAR files.</summary>
    Replay,

    /// <summary>The responses of another server, which are also written to a HAR file.</summary>
    Record,
}

/// <summary>The command line; <see cref="HelpText"/> describes the options.</summary>
internal sealed record EmulatorOptions
{
    private static readonly Uri None = new("about:blank");

    public EmulatorCommand Command { get; init; }

    public int Jobs { get; init; } = 1000;

    public TimeSpan Latency { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>The only key that is accepted; null accepts any.</summary>
    public string? Key { get; init; }

    /// <summary>The latest time in the account.</summary>
    public DateTimeOffset Now { get; init; } = FloorToHour(DateTimeOffset.UtcNow);

    /// <summary>How many seconds of the account's clock a job is being cancelled or deleted.</summary>
    public long TransitionSeconds { get; init; }

    /// <summary>How many jobs that clients created may be active at the same time; null for any number.</summary>
    public int? TrainingQuota { get; init; }

    /// <summary>Renders each page once, so that a benchmark measures only the client.</summary>
    public bool CachePages { get; init; }

    /// <summary>Uses page numbers as page tokens, as the documentation of the service's command line suggests.</summary>
    public bool PageNumbers { get; init; }

    /// <summary>Sends no totalSize.</summary>
    public bool OmitTotal { get; init; }

    /// <summary>How the service behaves.</summary>
    public Dialect Dialect { get; init; }

    /// <summary>For replay: a HAR file, or a folder of them.</summary>
    public string Recordings { get; init; } = "";

    /// <summary>For record: the server that requests are forwarded to.</summary>
    public Uri Upstream { get; init; } = None;

    /// <summary>For record: the HAR file to write.</summary>
    public string OutFile { get; init; } = "";

    /// <summary>0 selects a free port.</summary>
    public int Port { get; init; }

    /// <summary>The port of signed addresses. 0 selects a free port.</summary>
    public int FilePort { get; init; }

    /// <summary>The emulator ends when the process with this id ends.</summary>
    public int? Parent { get; init; }

    public bool EndWithInput { get; init; }

    public bool Log { get; init; }

    /// <exception cref="InvalidInputException">An argument is invalid or missing.</exception>
    public static EmulatorOptions Parse(IReadOnlyList<string> args)
    {
        var text = args.Count == 0 ? "" : args[0];
        var command = text switch
        {
            "emulate" => EmulatorCommand.Emulate,
            "replay" => EmulatorCommand.Replay,
            "record" => EmulatorCommand.Record,
            _ => throw new InvalidInputException(
                $"'{text}' is not a command. Use emulate, replay or record; see --help."
            ),
        };
        var options = new EmulatorOptions { Command = command };
        for (var i = 1; i < args.Count; i++)
        {
            var name = args[i];
            string Value() => ++i < args.Count ? args[i] : throw new InvalidInputException($"{name} needs a value.");
            options = (command, name) switch
            {
                (EmulatorCommand.Emulate, "--jobs") => options with { Jobs = Number(name, Value()) },
                (EmulatorCommand.Emulate, "--latency") => options with { Latency = Duration(name, Value()) },
                (EmulatorCommand.Emulate, "--seed") => options with { Seed = (ulong)Number(name, Value()) },
                (EmulatorCommand.Emulate, "--key") => options with { Key = Value() },
                (EmulatorCommand.Emulate, "--now") => options with { Now = Time(name, Value()) },
                (EmulatorCommand.Emulate, "--training-quota") => options with { TrainingQuota = Number(name, Value()) },
                (EmulatorCommand.Emulate, "--transition") => options with
                {
                    TransitionSeconds = (long)Duration(name, Value()).TotalSeconds,
                },
                (EmulatorCommand.Emulate, "--cache-pages") => options with { CachePages = true },
                (EmulatorCommand.Emulate, "--page-numbers") => options with { PageNumbers = true },
                (EmulatorCommand.Emulate, "--no-total") => options with { OmitTotal = true },
                (EmulatorCommand.Emulate, "--dialect") => options with { Dialect = Dialects.Parse(Value()) },
                (EmulatorCommand.Emulate, "--file-port") => options with
                {
                    FilePort = Number(name, Value(), max: 65535),
                },
                (EmulatorCommand.Replay, "--recordings") => options with { Recordings = Value() },
                (EmulatorCommand.Record, "--upstream") => options with { Upstream = Address(name, Value()) },
                (EmulatorCommand.Record, "--out") => options with { OutFile = Value() },
                (_, "--port") => options with { Port = Number(name, Value(), max: 65535) },
                (_, "--parent") => options with { Parent = Number(name, Value()) },
                (_, "--end-with-input") => options with { EndWithInput = true },
                (_, "--log") => options with { Log = true },
                _ => throw new InvalidInputException($"{text} has no option '{name}'. See --help."),
            };
        }

        var missing =
            command == EmulatorCommand.Replay && options.Recordings.Length == 0 ? "--recordings"
            : command == EmulatorCommand.Record && options.Upstream == None ? "--upstream"
            : command == EmulatorCommand.Record && options.OutFile.Length == 0 ? "--out"
            : null;
        return missing is null ? options : throw new InvalidInputException($"{missing} is missing.");
    }

    private static int Number(string name, string text, int max = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw new InvalidInputException($"{name} '{text}' is not a number from 0 to {max}.");

    /// <summary>Parses <c>50ms</c>, <c>0.2s</c>, or a number of milliseconds.</summary>
    private static TimeSpan Duration(string name, string text)
    {
        var isSeconds = text.EndsWith('s') && !text.EndsWith("ms", StringComparison.Ordinal);
        return
            double.TryParse(
                text.TrimEnd('s').TrimEnd('m'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number < int.MaxValue / 1000
            ? TimeSpan.FromMilliseconds(isSeconds ? number * 1000 : number)
            : throw new InvalidInputException($"{name} '{text}' is not a duration such as 50ms or 0.2s.");
    }

    private static DateTimeOffset Time(string name, string text) =>
        Timestamp.TryParse(text, out var nanoseconds)
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100))
            : throw new InvalidInputException($"{name} '{text}' is not an RFC 3339 time.");

    private static Uri Address(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new InvalidInputException($"{name} '{text}' is not an absolute URL.");

    private static DateTimeOffset FloorToHour(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
