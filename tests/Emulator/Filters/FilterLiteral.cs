namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A value in a filter, before the field that it is compared with says how to read it.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Text">What stands in the quotes, or all of it when there are none.</param>
/// <param name="Position">Where it stands in the filter, from 0.</param>
internal sealed record FilterLiteral(LiteralForm Form, string Text, int Position)
{
    /// <summary>Whether it can be the value of a field that holds text.</summary>
    public bool IsText => Form is LiteralForm.Bare or LiteralForm.Quoted;

    /// <summary>Whether it stands for any value.</summary>
    public bool IsAnything => IsText && Text == TextPattern.Wildcard;

    /// <summary>How a message names it.</summary>
    public string Description =>
        Form switch
        {
            LiteralForm.Quoted => $"\"{Text}\"",
            LiteralForm.Time => $"the time \"{Text}\"",
            LiteralForm.Duration => $"the duration \"{Text}\"",
            _ when Duration.IsValid(Text) => $"the duration {Text}",
            _ => Text,
        };
}
