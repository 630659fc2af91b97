using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters.ScriptBlocks;

/// <summary>Translates script blocks in a scope with a few variables.</summary>
internal static class Block
{
    private static readonly DateTimeOffset Since = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    // Every expression that begins like this is the same time.
    private static readonly Regex TimeExpression = new(
        @"^\(?\(?Get-Date|^\[datetime\]::|^\$since\.",
        RegexOptions.IgnoreCase
    );

    /// <summary>A scope with a few variables.</summary>
    public static IBlockScope Scope { get; } = new VariableScope("acme");

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
        ["set"] = new HashSet<string> { "Failed", "Cancelled" },
        ["queue"] = new Queue(new[] { "Failed", "Cancelled" }),
        ["keys"] = new Hashtable { ["Failed"] = 1 }.Keys,
        ["dictionary"] = new Dictionary<string, int> { ["Failed"] = 1 },
        ["lazy"] = new[] { "Failed" }.Where(_ => true),
        ["since"] = Since,
        ["fraction"] = Since.AddTicks(1_234_567),
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

    /// <summary>The translation of a block.</summary>
    public static ScriptBlockTranslator.Translation Translate(string block) =>
        new ScriptBlockTranslator(Parse(block), Scope).Translate();

    /// <summary>The warnings about a block.</summary>
    public static IReadOnlyList<string> Warnings(string block)
    {
        var translator = new ScriptBlockTranslator(Parse(block), Scope);
        translator.Translate();
        return [.. translator.Warnings];
    }

    /// <summary>The text of the pushed-down filter. Empty for none.</summary>
    public static string Filter(string block) =>
        Translate(block).Filter is { } filter ? FilterPrinter.Print(filter) : "";

    /// <summary>Asserts that the whole block is pushed down.</summary>
    public static void AssertPushedDown(string block, string filter)
    {
        var translation = Translate(block);
        Assert.Empty(translation.LocalConditions);
        Assert.Equal(filter, FilterPrinter.Print(translation.Filter!));
    }

    /// <summary>Asserts that the whole block is one local condition.</summary>
    public static void AssertLocal(string block, string reason)
    {
        var translation = Translate(block);
        Assert.Null(translation.Filter);
        Assert.Equal(new LocalCondition(block, reason), Assert.Single(translation.LocalConditions));
    }

    /// <summary>Parses a block.</summary>
    public static ScriptBlockAst Parse(string block)
    {
        var tree = Parser.ParseInput(block, out _, out var errors);
        Assert.Empty(errors);
        return tree;
    }

    public sealed class VariableScope(string? accountId) : IBlockScope
    {
        public bool TryEvaluate(ExpressionAst expression, out object? value)
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
                case var other when TimeExpression.IsMatch(other.Extent.Text):
                    value = Since.UtcDateTime;
                    return true;
                default:
                    return false;
            }
        }

        public string? AccountId => accountId;

        public bool IsBuiltIn(string command) => command is "Get-Date" or "get-date" or "New-TimeSpan";

        public bool MayExist(string command) => command.Contains('-');
    }
}
