using System;
using Fireworks.DpoJobs.Emulator.Faults;
using Fireworks.DpoJobs.Emulator.Hosting;

namespace Fireworks.DpoJobs.Emulator.CommandLine;

/// <summary>What every verb understands.</summary>
internal abstract record EmulatorOptions
{
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>End when this process has ended.</summary>
    public WatchedProcess? Parent { get; init; }

    /// <summary>End when standard input is closed.</summary>
    public bool EndWithInput { get; init; }

    /// <summary>One line a request on standard error.</summary>
    public bool Log { get; init; }

    /// <summary>What goes wrong; not for record.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;
}

/// <summary>A made-up account.</summary>
internal sealed record EmulateOptions : EmulatorOptions
{
    public int Jobs { get; init; } = 1000;

    public TimeSpan Latency { get; init; }

    public ulong Seed { get; init; } = 1;

    public string Account { get; init; } = "acme";

    /// <summary>The one key that is accepted; null accepts any.</summary>
    public string? Key { get; init; }

    /// <summary>The moment the account is looked at; nothing in it is later.</summary>
    public DateTimeOffset Now { get; init; }

    public bool Compression { get; init; } = true;

    /// <summary>Keep pages as they were first written.</summary>
    public bool CachePages { get; init; }
}

/// <summary>Answers from HAR files.</summary>
internal sealed record ReplayOptions(string Recordings) : EmulatorOptions;

/// <summary>Passes requests on and writes what came back.</summary>
internal sealed record RecordOptions(Uri Upstream, string OutFile) : EmulatorOptions;
