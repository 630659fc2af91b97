using System.Linq;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs.Query.ScriptBlocks;

/// <summary>Expressions that do not depend on the job, and may be evaluated once, before there is one.</summary>
internal static class ConstantExpression
{
    // Automatic variables of the call that the block runs in.
    private static readonly string[] CallVariables = ["args", "input", "this", "switch", "foreach", "matches"];

    /// <summary>Whether to evaluate it does nothing but give its value.</summary>
    public static bool IsOne(ExpressionAst expression) => !expression.FindAll(Disturbs, true).Any();

    private static bool Disturbs(Ast ast) =>
        ast switch
        {
            VariableExpressionAst variable => JobProperty.IsCurrentObject(variable)
                || CallVariables.Contains(variable.VariablePath.UserPath.ToLowerInvariant()),
            UsingExpressionAst => true,
            UnaryExpressionAst unary => unary.TokenKind
                is TokenKind.PlusPlus
                    or TokenKind.MinusMinus
                    or TokenKind.PostfixPlusPlus
                    or TokenKind.PostfixMinusMinus,
            RedirectionAst => true,
            // What is inside a nested block runs later, if at all: its commands are looked at like any other.
            PipelineBaseAst statement => statement is not PipelineAst,
            StatementAst statement => statement is not (CommandBaseAst or PipelineBaseAst),
            _ => false,
        };
}
