using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A text is as a pattern says.</summary>
internal sealed class TextMatch(TextPattern pattern) : Condition<FieldValue>
{
    public override bool Matches(FieldValue subject) => pattern.Matches(subject.Text);
}
