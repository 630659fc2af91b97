namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>What a job, or a value of one, fulfils or not. All that can be wrong with it has been found by now.</summary>
internal abstract class Condition<T>
{
    public abstract bool Matches(T subject);
}
