using FsCheck;
using FsCheck.Fluent;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Generates random text from the tokens of filters.</summary>
internal static class AnyText
{
    private static readonly Gen<string> Syntax = Gen.Elements(
        "(",
        ")",
        ",",
        ".",
        ":",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        "!",
        "-",
        "\"",
        "'",
        "\\"
    );

    private static readonly Gen<string> Words = Gen.Elements(
        "AND",
        "OR",
        "NOT",
        " AND ",
        " OR ",
        "NOT ",
        "and",
        "a",
        "b1",
        "f(",
        "\"c d\"",
        "a = b"
    );

    private static readonly Gen<string> Spaces = Gen.Elements(" ", "  ", "\t", "\r\n", "\u00a0", "\u2028");

    private static readonly Gen<string> Unusual = Gen.OneOf(
        Gen.Elements("\0", "\ud800", "\udc00", "\ud83d\ude00", "\ufeff", "\uffff", "\u001b", "\u0301"),
        Gen.Choose(0, char.MaxValue).Select(number => ((char)number).ToString())
    );

    public static Gen<string> Any { get; } =
        from length in Gen.Choose(0, 40)
        from parts in Gen.Frequency((4, Syntax), (4, Words), (4, Spaces), (1, Unusual)).ArrayOf(length)
        select string.Concat(parts);
}
