using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary><c>field:*</c>: what has its default value counts as not there (AIP-160, has operator).</summary>
internal sealed class Presence(Field field) : Condition<FieldValue>
{
    public override bool Matches(FieldValue subject) =>
        field.Kind switch
        {
            FieldKind.Text => subject.Text!.Length > 0,
            FieldKind.Enum => subject.Text != field.EnumNames[0],
            FieldKind.TextList => subject.List!.Count > 0,
            FieldKind.Integer or FieldKind.Float or FieldKind.Boolean => subject.Number != 0,
            _ => true,
        };
}
