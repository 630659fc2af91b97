namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>How a value in a filter is written.</summary>
internal enum LiteralForm
{
    /// <summary><c>nightly</c>, <c>2.5</c>, <c>20s</c></summary>
    Bare,

    /// <summary><c>"Do not delete!"</c></summary>
    Quoted,

    /// <summary><c>timestamp("2026-11-01T00:00:00Z")</c></summary>
    Time,

    /// <summary><c>duration("1.5s")</c></summary>
    Duration,
}
