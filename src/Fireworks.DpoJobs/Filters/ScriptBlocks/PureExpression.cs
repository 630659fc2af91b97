using System;
using System.Linq;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>
/// Expressions that do not depend on the job, and may be evaluated once, before there is one: nothing of it is seen, and the
/// value is the one that the block will find. What is not known to be so is none.
/// </summary>
internal static class PureExpression
{
    // The job, and what belongs to the call or the file that the block runs in.
    private static readonly string[] OtherVariables =
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

    // Methods of times and durations: they change nothing, and give the same for the same.
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

    /// <summary>Commands that give a value and do nothing else.</summary>
    public static readonly string[] PureCommands = ["Get-Date", "New-TimeSpan"];

    /// <summary>Whether an expression is one.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="block">The block that it stands in: what that changes is not constant.</param>
    public static bool IsOne(ExpressionAst expression, ScriptBlockAst block) =>
        expression.FindAll(_ => true, true).All(IsPure)
        && !(expression.Find(ast => ast is VariableExpressionAst, true) is not null && ChangesSomething(block));

    private static bool IsPure(Ast ast) =>
        ast switch
        {
            VariableExpressionAst variable => !variable.Splatted
                && !OtherVariables.Contains(Unqualified(variable), StringComparer.OrdinalIgnoreCase),
            UnaryExpressionAst unary => !IsAssignment(unary),
            ConvertExpressionAst convert => !IsReference(convert),
            InvokeMemberExpressionAst call => IsPureCall(call),
            CommandAst command => IsPureCommand(command),
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

    private static bool ChangesSomething(ScriptBlockAst block) =>
        block.Find(
            ast =>
                ast switch
                {
                    AssignmentStatementAst => true,
                    UnaryExpressionAst unary => IsAssignment(unary),
                    ConvertExpressionAst convert => IsReference(convert),
                    InvokeMemberExpressionAst call => !IsPureCall(call) && !IsOnJob(call.Expression),
                    CommandAst command => !IsPureCommand(command),
                    _ => false,
                },
            true
        )
            is not null;

    private static bool IsAssignment(UnaryExpressionAst unary) =>
        unary.TokenKind
            is TokenKind.PlusPlus
                or TokenKind.MinusMinus
                or TokenKind.PostfixPlusPlus
                or TokenKind.PostfixMinusMinus;

    private static bool IsReference(ConvertExpressionAst convert) =>
        convert.Type.TypeName.FullName.Equals("ref", StringComparison.OrdinalIgnoreCase);

    private static bool IsPureCall(InvokeMemberExpressionAst call) =>
        call.Member is StringConstantExpressionAst name
        && PureMethods.Contains(name.Value, StringComparer.OrdinalIgnoreCase);

    // Methods of a job's texts and times change nothing either, though their value depends on the job.
    private static bool IsOnJob(ExpressionAst target) =>
        target is MemberExpressionAst member
            ? IsOnJob(member.Expression)
            : target is VariableExpressionAst variable && JobProperty.IsCurrentObject(variable);

    private static bool IsPureCommand(CommandAst command) =>
        command.Redirections.Count == 0
        && PureCommands.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase);

    private static string Unqualified(VariableExpressionAst variable)
    {
        var path = variable.VariablePath.UserPath;
        return path.Substring(path.LastIndexOf(':') + 1);
    }
}
