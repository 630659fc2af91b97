namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>OR.</summary>
internal sealed class AnyOf<T>(Condition<T>[] parts) : Condition<T>
{
    public override bool Matches(T subject)
    {
        foreach (var part in parts)
        {
            if (part.Matches(subject))
            {
                return true;
            }
        }

        return false;
    }
}
