using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>One of the elements of a repeated field is as a pattern says.</summary>
internal sealed class ElementMatch(TextPattern pattern) : Condition<FieldValue>
{
    public override bool Matches(FieldValue subject)
    {
        var elements = subject.List!;
        for (var i = 0; i < elements.Count; i++)
        {
            if (pattern.Matches(elements[i]))
            {
                return true;
            }
        }

        return false;
    }
}
