namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>The comparators of AIP-160 without the has operator.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
