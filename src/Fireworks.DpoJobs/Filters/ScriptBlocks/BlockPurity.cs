using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Finds the side effects of a script block and its pure expressions. A pure expression does not depend on the job and has no
/// side effects, so it can be evaluated once, before the first job. In doubt, an expression is not pure, and a call has side
/// effects.
/// </summary>
internal sealed class BlockPurity
{
    // The job, and variables whose value depends on the call or the file in which the block runs.
    private static readonly string[] ImpureVariables =
    [
        "_",
        "psitem",
        "args",
        "input",
        "this",
        "switch",
        "foreach",
        "matches",
        "psscriptroot",
        "pscommandpath",
        "psboundparameters",
        "pscmdlet",
        "myinvocation",
        "stacktrace",
        "error",
        "?",
        "^",
        "$",
    ];

    private static readonly string[] Constants = ["true", "false", "null"];

    // Methods of strings, numbers, times and durations. Of any other object, they may do something else.
    private static readonly string[] PureMethods =
    [
        "add",
        "adddays",
        "addhours",
        "addmilliseconds",
        "addminutes",
        "addmonths",
        "addseconds",
        "addticks",
        "addyears",
        "compareto",
        "contains",
        "endswith",
        "equals",
        "gettype",
        "indexof",
        "insert",
        "lastindexof",
        "negate",
        "padleft",
        "padright",
        "remove",
        "replace",
        "reveal",
        "split",
        "startswith",
        "substring",
        "subtract",
        "tolocaltime",
        "tolower",
        "tolowerinvariant",
        "tooffset",
        "tostring",
        "touniversaltime",
        "toupper",
        "toupperinvariant",
        "trim",
        "trimend",
        "trimstart",
    ];

    private static readonly string[] PureStaticMethods =
    [
        "abs",
        "ceiling",
        "compare",
        "equals",
        "escape",
        "floor",
        "fromdays",
        "fromhours",
        "frommilliseconds",
        "fromminutes",
        "fromseconds",
        "fromunixtimeseconds",
        "ismatch",
        "isnullorempty",
        "isnullorwhitespace",
        "max",
        "min",
        "new",
        "parse",
        "round",
        "truncate",
    ];

    private static readonly Type[] ImmutableTypes =
    [
        typeof(object),
        typeof(string),
        typeof(decimal),
        typeof(DateTime),
        typeof(DateTimeOffset),
        typeof(TimeSpan),
        typeof(Guid),
        typeof(Uri),
        typeof(Version),
        typeof(Regex),
        typeof(Math),
        typeof(SecretText),
    ];

    // Commands without side effects.
    private static readonly string[] PureCommands = ["Get-Date", "New-TimeSpan"];

    private readonly IBlockScope _scope;
    private readonly bool _readsMatches;
    private readonly Ast[] _sideEffects;

    public BlockPurity(ScriptBlockAst block, IBlockScope scope)
    {
        _scope = scope;
        _readsMatches = Contains(block, ast => ast is VariableExpressionAst variable && IsNamed(variable, "matches"));
        _sideEffects = [.. block.FindAll(IsSideEffect, searchNestedScriptBlocks: true)];
    }

    /// <summary>Whether a part of the block has side effects.</summary>
    public bool HasSideEffects(Ast part) =>
        _sideEffects.Any(effect =>
            effect.Extent.StartOffset >= part.Extent.StartOffset && effect.Extent.EndOffset <= part.Extent.EndOffset
        );

    /// <summary>Whether an expression is pure. If the block has side effects, variables are not constant.</summary>
    public bool IsPure(ExpressionAst expression) =>
        !HasSideEffects(expression)
        && DependsOnlyOnScope(expression)
        && !(_sideEffects.Length > 0 && Contains(expression, ReadsState));

    private static bool DependsOnlyOnScope(ExpressionAst expression) =>
        !Contains(
            expression,
            ast =>
                ast switch
                {
                    VariableExpressionAst variable => variable.Splatted || IsNamed(variable, ImpureVariables),
                    ConstantExpressionAst
                    or ExpandableStringExpressionAst
                    or ArrayLiteralAst
                    or ArrayExpressionAst
                    or ParenExpressionAst
                    or UnaryExpressionAst
                    or BinaryExpressionAst
                    or ConvertExpressionAst
                    or MemberExpressionAst
                    or IndexExpressionAst
                    or TypeExpressionAst
                    or TypeConstraintAst
                    or UsingExpressionAst
                    or CommandParameterAst
                    or CommandBaseAst
                    or PipelineAst
                    or StatementBlockAst => false,
                    _ => true,
                }
        );

    // Variables, and static members of types that may let the block change them.
    private static bool ReadsState(Ast ast) =>
        ast switch
        {
            VariableExpressionAst variable => !IsNamed(variable, Constants),
            MemberExpressionAst { Static: true } member => !IsImmutable(member.Expression),
            _ => false,
        };

    private bool IsSideEffect(Ast ast) =>
        ast switch
        {
            CommandAst command => command.Redirections.Count > 0
                || command.GetCommandName() is not { } name
                || !PureCommands.Contains(name, StringComparer.OrdinalIgnoreCase)
                || !_scope.IsBuiltIn(name),
            CommandExpressionAst expression => expression.Redirections.Count > 0,
            // Assignments, loops (which assign), break, throw and so on.
            StatementAst => ast is not PipelineAst,
            UnaryExpressionAst unary => unary.TokenKind
                is TokenKind.PlusPlus
                    or TokenKind.MinusMinus
                    or TokenKind.PostfixPlusPlus
                    or TokenKind.PostfixMinusMinus,
            // A conversion may call a constructor, and [ref] lets a method change the variable.
            ConvertExpressionAst convert => !IsImmutable(convert.Type.TypeName),
            InvokeMemberExpressionAst call => !IsPureCall(call),
            BinaryExpressionAst binary => _readsMatches
                && binary.Operator
                    is TokenKind.Imatch
                        or TokenKind.Cmatch
                        or TokenKind.Inotmatch
                        or TokenKind.Cnotmatch,
            _ => false,
        };

    private bool IsPureCall(InvokeMemberExpressionAst call) =>
        call.Member is StringConstantExpressionAst { Value: var name }
        && (
            call.Static
                ? PureStaticMethods.Contains(name, StringComparer.OrdinalIgnoreCase) && IsImmutable(call.Expression)
                : PureMethods.Contains(name, StringComparer.OrdinalIgnoreCase) && ReturnsImmutable(call.Expression)
        );

    private bool ReturnsImmutable(ExpressionAst expression) =>
        JobProperty.FindPath(expression) is { } path && JobProperty.TypeOf(path) is { } type ? IsImmutable(type)
        : DependsOnlyOnScope(expression)
            ? !Contains(expression, IsSideEffect)
                && _scope.TryEvaluate(expression, out var value)
                && Comparison.Unwrap(value) is { } found
                && IsImmutable(found.GetType())
        : expression switch
        {
            // Parts of immutable objects, and copies of them.
            MemberExpressionAst { Static: false } member => ReturnsImmutable(member.Expression),
            IndexExpressionAst index => ReturnsImmutable(index.Target),
            ParenExpressionAst { Pipeline: PipelineAst { PipelineElements.Count: 1 } pipeline } =>
                pipeline.PipelineElements[0] is CommandExpressionAst inner && ReturnsImmutable(inner.Expression),
            BinaryExpressionAst binary => ReturnsImmutable(binary.Left),
            ConvertExpressionAst convert => IsImmutable(convert.Type.TypeName),
            ExpandableStringExpressionAst => true,
            _ => false,
        };

    private static bool IsImmutable(ExpressionAst expression) =>
        expression is TypeExpressionAst type && IsImmutable(type.TypeName);

    private static bool IsImmutable(ITypeName name) => name.GetReflectionType() is { } type && IsImmutable(type);

    private static bool IsImmutable(Type type) =>
        type.IsArray
            ? IsImmutable(type.GetElementType()!)
            : (Nullable.GetUnderlyingType(type) ?? type) is var item
                && (item.IsPrimitive || item.IsEnum || ImmutableTypes.Contains(item));

    private static bool IsNamed(VariableExpressionAst variable, params string[] names)
    {
        var path = variable.VariablePath.UserPath;
        return names.Contains(path.Substring(path.LastIndexOf(':') + 1), StringComparer.OrdinalIgnoreCase);
    }

    private static bool Contains(Ast ast, Func<Ast, bool> predicate) =>
        ast.Find(predicate, searchNestedScriptBlocks: true) is not null;
}
