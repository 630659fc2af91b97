using System.Diagnostics;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary><c>field op value</c>. What is not set never matches, not even with != (AIP-160, traversal).</summary>
internal sealed class Comparison(FieldPath path, ComparisonOperator comparison, FieldValue value) : FilterNode
{
    public override bool Matches(Job job)
    {
        var actual = path.Read(job);
        if (!actual.IsSet)
        {
            return false;
        }

        var order = actual.Text is { } text
            ? string.CompareOrdinal(text, value.Text)
            : actual.Number.CompareTo(value.Number);
        return comparison switch
        {
            ComparisonOperator.Equal => order == 0,
            ComparisonOperator.NotEqual => order != 0,
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            ComparisonOperator.GreaterOrEqual => order >= 0,
            _ => throw new UnreachableException(),
        };
    }
}
