namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>NOT and the minus sign.</summary>
internal sealed class Not<T>(Condition<T> part) : Condition<T>
{
    public override bool Matches(T subject) => !part.Matches(subject);
}
