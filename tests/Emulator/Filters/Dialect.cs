using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Ways in which the service may behave differently. None has been observed; the service documents none.</summary>
[Flags]
internal enum Dialect
{
    None = 0,

    /// <summary>Rejects enum values without quotes.</summary>
    QuotedEnums = 1 << 0,

    /// <summary>Rejects enum values in quotes.</summary>
    BareEnums = 1 << 1,

    /// <summary>Reads enum values without quotes as some other text, which equals no value.</summary>
    TextEnums = 1 << 2,

    /// <summary>Reads all full names of enum values as some other text: it understands only short names.</summary>
    ShortEnums = 1 << 3,

    /// <summary>Field names in snake_case match nothing.</summary>
    CamelFields = 1 << 4,

    /// <summary>Rejects all fields but name, state and create_time.</summary>
    CoreFields = 1 << 5,

    /// <summary>All fields but name, state and create_time match nothing.</summary>
    SilentFields = 1 << 6,

    /// <summary>Rejects the states that the reference pages do not have.</summary>
    OldStates = 1 << 7,

    /// <summary>Rejects numbers with an exponent.</summary>
    NoExponents = 1 << 8,

    /// <summary>Stores times in microseconds, and rounds times in filters to microseconds.</summary>
    Microseconds = 1 << 9,

    /// <summary>Returns all jobs for every filter.</summary>
    IgnoredFilters = 1 << 10,

    /// <summary>Responds to every filter with 400.</summary>
    RejectedFilters = 1 << 11,

    /// <summary>Responds to every filter with 501.</summary>
    UnimplementedFilters = 1 << 12,

    /// <summary>Returns no job for every filter.</summary>
    EmptyResults = 1 << 13,

    /// <summary>Rejects every comparison of an enum.</summary>
    NoEnums = 1 << 14,

    /// <summary>Stores times in milliseconds, and rounds times in filters to milliseconds.</summary>
    Milliseconds = 1 << 15,

    /// <summary>Stores times in seconds, and rounds times in filters to seconds.</summary>
    Seconds = 1 << 16,

    /// <summary>Ignores the parameters orderBy, readMask and includeArchived of lists.</summary>
    IgnoredParameters = 1 << 17,

    /// <summary>Shows times in whole seconds, but compares all digits.</summary>
    HiddenDigits = 1 << 18,

    /// <summary>Metrics files have the form of July 2026: the values are in an object <c>data</c>.</summary>
    NestedMetrics = 1 << 19,

    /// <summary>Metrics files have addresses, but do not exist.</summary>
    MissingMetrics = 1 << 20,

    /// <summary>The account may not read the logs of trainers, so jobs have no address of theirs.</summary>
    NoTrainerLogs = 1 << 21,
}

/// <summary>The spelling of dialects on the command line: <c>quoted-enums</c>.</summary>
internal static class Dialects
{
    /// <summary>The dialects that concern only the files of jobs.</summary>
    public const Dialect OfFiles = Dialect.NestedMetrics | Dialect.MissingMetrics | Dialect.NoTrainerLogs;

    /// <exception cref="InvalidInputException">A name is unknown.</exception>
    public static Dialect Parse(string names) =>
        names
            .Split(',')
            .Select(name =>
                Enum.TryParse<Dialect>(
                    name.Replace("-", "", StringComparison.Ordinal),
                    ignoreCase: true,
                    out var dialect
                ) && !char.IsDigit(name[0])
                    ? dialect
                    : throw new InvalidInputException($"--dialect '{name}' is unknown. See --help.")
            )
            .Aggregate((all, one) => all | one);

    /// <summary>The unit, in nanoseconds, in which times are stored and compared.</summary>
    public static long TimeUnit(this Dialect dialect) =>
        dialect.HasFlag(Dialect.Seconds) ? Timestamp.PerSecond
        : dialect.HasFlag(Dialect.Milliseconds) ? Timestamp.PerSecond / 1_000
        : dialect.HasFlag(Dialect.Microseconds) ? Timestamp.PerSecond / 1_000_000
        : 1;
}
