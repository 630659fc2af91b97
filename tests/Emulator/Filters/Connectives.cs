using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>AND, OR, NOT and parentheses mean the same between conditions on jobs and between values to compare with.</summary>
internal static class Connectives
{
    public static Condition<T> Compile<T>(FilterNode node, Func<FilterRestriction, Condition<T>> compile) =>
        node switch
        {
            FilterConjunction all => new AllOf<T>(CompileAll(all.Parts, compile)),
            FilterSequence words => new AllOf<T>(CompileAll(words.Parts, compile)),
            FilterAlternative any => new AnyOf<T>(CompileAll(any.Parts, compile)),
            FilterNegation not => new Not<T>(Compile(not.Operand, compile)),
            FilterGroup group => Compile(group.Inner, compile),
            FilterRestriction restriction => compile(restriction),
            _ => throw new UnreachableException(),
        };

    private static Condition<T>[] CompileAll<T>(
        IReadOnlyList<FilterNode> parts,
        Func<FilterRestriction, Condition<T>> compile
    ) => [.. parts.Select(part => Compile(part, compile))];
}
