using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Script blocks under test, in a scope that has a few variables.</summary>
internal static class Block
{
    private static readonly DateTimeOffset Since = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, object?> Variables = new(StringComparer.OrdinalIgnoreCase)
    {
        ["null"] = null,
        ["nothing"] = AutomationNull.Value,
        ["true"] = true,
        ["false"] = false,
        ["limit"] = 3,
        ["wrapped"] = PSObject.AsPSObject(3),
        ["states"] = new[] { "Failed", "Cancelled" },
        ["wrappedStates"] = new ArrayList { new PSObject("Failed"), new PSObject("Cancelled") },
        ["withNothing"] = new object?[] { "Failed", AutomationNull.Value },
        ["none"] = Array.Empty<object>(),
        ["since"] = Since,
        ["utc"] = Since.UtcDateTime,
        ["nearlyEndOfTime"] = DateTimeOffset.MaxValue.AddTicks(-1),
        ["endOfTime"] = DateTimeOffset.MaxValue,
        ["long"] = 3L,
        ["short"] = (short)3,
        ["byte"] = (byte)3,
        ["sbyte"] = (sbyte)3,
        ["ushort"] = (ushort)3,
        ["uint"] = 3u,
        ["ulong"] = 3ul,
        ["double"] = 3.0,
        ["float"] = 3f,
        ["decimal"] = 3m,
        ["half"] = 3.5,
        ["decimalHalf"] = 3.5m,
        ["nearlyThree"] = 3.0000000000000000000000001m,
        ["nan"] = double.NaN,
        ["floatNan"] = float.NaN,
        ["infinity"] = double.PositiveInfinity,
        ["floatInfinity"] = float.NegativeInfinity,
        ["tooLarge"] = 2147483648L,
        ["tooSmall"] = -2147483649L,
        ["largest"] = int.MaxValue,
        ["smallest"] = int.MinValue,
        ["largestFloat"] = (double)float.MaxValue,
        ["nearlyLargestFloat"] = 3.4e38,
        ["wireState"] = "JOB_STATE_FAILED",
    };

    /// <summary>What the service is asked for in place of a block.</summary>
    public static Translation Translate(string block) =>
        new ScriptBlockTranslator(Parse(block), TryEvaluate).Translate();

    /// <summary>What a block is warned of.</summary>
    public static IReadOnlyList<string> Problems(string block)
    {
        var translator = new ScriptBlockTranslator(Parse(block), TryEvaluate);
        translator.Translate();
        return [.. translator.Problems];
    }

    /// <summary>The filter of a block as it is sent. Empty for none.</summary>
    public static string Filter(string block) =>
        Translate(block).Filter is { } filter ? FilterPrinter.Print(filter) : "";

    /// <summary>Asserts that the service is asked for all of a block.</summary>
    public static void IsSent(string block, string filter)
    {
        var translation = Translate(block);
        Assert.Equal("", string.Join(", ", translation.Kept.Select(kept => $"{kept.Text} ({kept.Reason})")));
        Assert.Equal(filter, FilterPrinter.Print(translation.Filter!));
    }

    /// <summary>Asserts that a block of one condition stays here.</summary>
    public static void Stays(string block, string reason)
    {
        var translation = Translate(block);
        Assert.Null(translation.Filter);
        Assert.Equal(new LocalCondition(block, reason), Assert.Single(translation.Kept));
    }

    /// <summary>The syntax tree of a block.</summary>
    public static ScriptBlockAst Parse(string block)
    {
        var tree = Parser.ParseInput(block, out _, out var errors);
        Assert.Empty(errors);
        return tree;
    }

    private static bool TryEvaluate(ExpressionAst expression, out object? value)
    {
        value = null;
        switch (expression)
        {
            case ConstantExpressionAst constant:
                value = constant.Value;
                return true;
            case VariableExpressionAst variable:
                return Variables.TryGetValue(variable.VariablePath.UserPath, out value);
            case ArrayLiteralAst array:
                value = array.Elements.Select(item => TryEvaluate(item, out var found) ? found : null).ToArray();
                return true;
            default:
                return false;
        }
    }
}
