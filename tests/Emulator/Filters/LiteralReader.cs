using System;
using System.Diagnostics;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Reads values, and the two functions that give one.</summary>
internal sealed class LiteralReader(FilterSource source)
{
    public FilterLiteral Read(FilterArgument argument) =>
        argument switch
        {
            FilterMember member => ReadMember(member),
            FilterFunction function => ReadFunction(function),
            _ => throw new UnreachableException(),
        };

    // By the grammar, the dot of 2.5 and that of a time with a fraction part a member as they part a path.
    private FilterLiteral ReadMember(FilterMember member)
    {
        var isQuoted = member.Parts[0].IsQuoted;
        return member.Parts.Count > 1 && member.Parts.Any(part => part.IsQuoted)
            ? throw source.Refuse(member, "a value with a dot is quoted as a whole or not at all")
            : new FilterLiteral(
                isQuoted ? LiteralForm.Quoted : LiteralForm.Bare,
                string.Join('.', member.Parts.Select(part => part.Text)),
                member.Span.Start
            );
    }

    private FilterLiteral ReadFunction(FilterFunction function)
    {
        var name = string.Join('.', function.Name.Select(part => part.Text));
        return name switch
        {
            "timestamp" => ReadCall(
                function,
                LiteralForm.Time,
                text => Timestamp.TryParse(text, out _),
                "an RFC 3339 time, as in timestamp(\"2026-11-01T00:00:00Z\")"
            ),
            "duration" => ReadCall(
                function,
                LiteralForm.Duration,
                Duration.IsValid,
                "seconds, as in duration(\"1.5s\")"
            ),
            "AND" or "OR" or "NOT" => throw source.Refuse(function, $"{name} needs a blank before the parenthesis"),
            _ => throw source.Refuse(function, $"there is no function {name}()"),
        };
    }

    private FilterLiteral ReadCall(
        FilterFunction function,
        LiteralForm form,
        Func<string, bool> isValid,
        string expected
    )
    {
        var argument =
            function.Arguments is [FilterMember { Parts: [{ IsQuoted: true } word] }] && isValid(word.Text)
                ? word
                : throw source.Refuse(
                    function.Arguments is [var first, ..] ? first : function,
                    $"expected one quoted string with {expected}"
                );
        return new FilterLiteral(form, argument.Text, function.Span.Start);
    }
}
