using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>
/// A condition on the value of one field. What is not set never matches, not even with != (AIP-160, traversal); only a NOT
/// before the whole comparison turns that round.
/// </summary>
internal sealed class FieldCondition(FieldPath path, Condition<FieldValue> condition) : Condition<Job>
{
    public override bool Matches(Job subject)
    {
        var value = path.Read(subject);
        return value.IsSet && condition.Matches(value);
    }
}
