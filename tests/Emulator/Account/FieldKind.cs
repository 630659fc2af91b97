namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>What kind of value a field has, which says how it is written, compared and ordered.</summary>
internal enum FieldKind
{
    Message,
    Text,
    Enum,

    /// <summary>An int32.</summary>
    Integer,
    Float,
    Boolean,
    Time,
    TextList,
}
