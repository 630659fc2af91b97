using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>
/// Recognizes pure expressions: they do not depend on the job and have no side effects, so they can be evaluated once, before
/// the first job. Unknown kinds of expressions are not pure.
/// </summary>
internal static class PureExpression
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

    // Methods of times and durations without side effects.
    private static readonly string[] PureMethods =
    [
        "adddays",
        "addhours",
        "addmilliseconds",
        "addminutes",
        "addmonths",
        "addseconds",
        "addticks",
        "addyears",
        "fromdays",
        "fromhours",
        "fromminutes",
        "fromseconds",
        "parse",
        "tolocaltime",
        "touniversaltime",
    ];

    // Commands without side effects.
    private static readonly string[] PureCommands = ["Get-Date", "New-TimeSpan"];

    /// <summary>Whether an expression in a block is pure. If the block has side effects, variables are not constant.</summary>
    public static bool IsPure(ExpressionAst expression, ScriptBlockAst block) =>
        expression.FindAll(_ => true, true).All(IsPureNode)
        && !(expression.Find(ast => ast is VariableExpressionAst, true) is not null && HasSideEffects(block));

    private static bool IsPureNode(Ast ast) =>
        ast switch
        {
            VariableExpressionAst variable => !variable.Splatted
                && !ImpureVariables.Contains(Unqualified(variable), StringComparer.OrdinalIgnoreCase),
            UnaryExpressionAst unary => unary.TokenKind
                is not (
                    TokenKind.PlusPlus
                    or TokenKind.MinusMinus
                    or TokenKind.PostfixPlusPlus
                    or TokenKind.PostfixMinusMinus
                ),
            ConvertExpressionAst convert => !convert.Type.TypeName.FullName.Equals(
                "ref",
                StringComparison.OrdinalIgnoreCase
            ),
            InvokeMemberExpressionAst call => call.Member is StringConstantExpressionAst name
                && PureMethods.Contains(name.Value, StringComparer.OrdinalIgnoreCase),
            CommandAst command => command.Redirections.Count == 0
                && PureCommands.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase),
            CommandExpressionAst pipeline => pipeline.Redirections.Count == 0,
            ConstantExpressionAst
            or ExpandableStringExpressionAst
            or ArrayLiteralAst
            or ArrayExpressionAst
            or ParenExpressionAst
            or BinaryExpressionAst
            or MemberExpressionAst
            or IndexExpressionAst
            or TypeExpressionAst
            or TypeConstraintAst
            or CommandParameterAst
            or PipelineAst
            or StatementBlockAst => true,
            _ => false,
        };

    private static bool HasSideEffects(ScriptBlockAst block) =>
        block.Find(
            ast =>
                ast switch
                {
                    AssignmentStatementAst => true,
                    InvokeMemberExpressionAst call => !IsPureNode(call) && !IsMemberOfJob(call.Expression),
                    UnaryExpressionAst or ConvertExpressionAst or CommandAst => !IsPureNode(ast),
                    _ => false,
                },
            true
        )
            is not null;

    // Methods of a job's strings and times have no side effects either, but their value depends on the job.
    private static bool IsMemberOfJob(ExpressionAst target) =>
        target is MemberExpressionAst member
            ? IsMemberOfJob(member.Expression)
            : target is VariableExpressionAst variable && JobProperty.IsCurrentObject(variable);

    private static string Unqualified(VariableExpressionAst variable)
    {
        var path = variable.VariablePath.UserPath;
        return path.Substring(path.LastIndexOf(':') + 1);
    }
}
