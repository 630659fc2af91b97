using System;
using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Hosting;

namespace Fireworks.DpoJobs.Emulator.CommandLine;

/// <summary>Arguments to options; see <see cref="HelpText"/>.</summary>
internal static class CommandLineParser
{
    /// <returns>The options, or null when the help was asked for.</returns>
    /// <exception cref="CommandLineException">The arguments are wrong.</exception>
    public static EmulatorOptions? Parse(IReadOnlyList<string> args, DateTimeOffset currentTime)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            return null;
        }

        if (args.Count == 0)
        {
            throw new CommandLineException("a verb is missing: emulate, replay or record. See --help.");
        }

        var reader = new ArgumentReader(args, start: 1);
        return args[0] switch
        {
            "emulate" => ParseEmulate(reader, currentTime),
            "replay" => ParseReplay(reader),
            "record" => ParseRecord(reader),
            var other => throw new CommandLineException(
                $"'{other}' is not a verb; known are emulate, replay and record. See --help."
            ),
        };
    }

    private static EmulateOptions ParseEmulate(ArgumentReader reader, DateTimeOffset currentTime)
    {
        var options = new EmulateOptions { Now = FloorToHour(currentTime) };
        while (reader.Read())
        {
            options = reader.Name switch
            {
                "--jobs" => options with { Jobs = reader.Value(Values.Count, "a number from 0 to 2147483647") },
                "--latency" => options with { Latency = reader.Value(Values.Duration, "a time such as 50ms or 0.2s") },
                "--seed" => options with { Seed = reader.Value(Values.Seed, "a whole number from 0") },
                "--account" => options with { Account = Values.AccountId(reader.Value()) },
                "--key" => options with { Key = Values.NotEmpty(reader.Name, reader.Value()) },
                "--now" => options with
                {
                    Now = reader.Value(Values.Now, "an RFC 3339 time after 1971 and before 2200"),
                },
                "--faults" => options with { Faults = Values.Faults(reader.Value()) },
                "--no-compression" => options with { Compression = false },
                "--cache-pages" => options with { CachePages = true },
                _ => (EmulateOptions)Common(options, reader),
            };
        }

        return options;
    }

    private static ReplayOptions ParseReplay(ArgumentReader reader)
    {
        var options = new ReplayOptions("");
        while (reader.Read())
        {
            options = reader.Name switch
            {
                "--recordings" => options with { Recordings = Values.NotEmpty(reader.Name, reader.Value()) },
                "--faults" => options with { Faults = Values.Faults(reader.Value()) },
                _ => (ReplayOptions)Common(options, reader),
            };
        }

        return options.Recordings.Length > 0 ? options : throw new CommandLineException("--recordings is missing.");
    }

    private static RecordOptions ParseRecord(ArgumentReader reader)
    {
        Uri? upstream = null;
        var options = new RecordOptions(new Uri("http://127.0.0.1"), "");
        while (reader.Read())
        {
            switch (reader.Name)
            {
                case "--upstream":
                    upstream = Values.HttpAddress(reader.Value());
                    break;
                case "--out":
                    options = options with { OutFile = Values.NotEmpty(reader.Name, reader.Value()) };
                    break;
                default:
                    options = (RecordOptions)Common(options, reader);
                    break;
            }
        }

        if (options.OutFile.Length == 0)
        {
            throw new CommandLineException("--out is missing.");
        }

        return options with
        {
            Upstream = upstream ?? throw new CommandLineException("--upstream is missing."),
        };
    }

    private static EmulatorOptions Common(EmulatorOptions options, ArgumentReader reader) =>
        reader.Name switch
        {
            "--port" => options with { Port = reader.Value(Values.Port, "a port from 0 to 65535") },
            "--parent" => options with { Parent = FindParent(reader.Value(Values.Count, "a process id")) },
            "--end-with-input" => options with { EndWithInput = true },
            "--log" => options with { Log = true },
            var other => throw new CommandLineException($"{other} is not an option of this verb. See --help."),
        };

    private static WatchedProcess FindParent(int id) =>
        WatchedProcess.Find(id) ?? throw new CommandLineException($"--parent: there is no process {id}.");

    private static DateTimeOffset FloorToHour(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
