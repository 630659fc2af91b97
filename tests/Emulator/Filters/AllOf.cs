namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>AND, and words side by side.</summary>
internal sealed class AllOf<T>(Condition<T>[] parts) : Condition<T>
{
    public override bool Matches(T subject)
    {
        foreach (var part in parts)
        {
            if (!part.Matches(subject))
            {
                return false;
            }
        }

        return true;
    }
}
