using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The value of one field of one job. Numbers, booleans (0 and 1) and times (nanoseconds) are in Number.</summary>
internal readonly struct FieldValue
{
    private FieldValue(string? text, decimal number, IReadOnlyList<string>? list)
    {
        IsSet = true;
        Text = text;
        Number = number;
        List = list;
    }

    /// <summary>False for <c>null</c> on the wire, and for everything below a message that is null.</summary>
    public bool IsSet { get; }

    public string? Text { get; }

    public decimal Number { get; }

    public IReadOnlyList<string>? List { get; }

    /// <summary>What a message that is set has for a value.</summary>
    public static FieldValue Message { get; } = new(null, 0, null);

    public static FieldValue Of(string text) => new(text, 0, null);

    public static FieldValue Of(decimal number) => new(null, number, null);

    public static FieldValue Of(bool value) => new(null, value ? 1 : 0, null);

    public static FieldValue Of(long? nanoseconds) => nanoseconds is { } set ? new(null, set, null) : default;

    public static FieldValue Of(IReadOnlyList<string> list) => new(null, 0, list);
}
