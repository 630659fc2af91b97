using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs.Query.ScriptBlocks;

/// <summary>Properties of <c>$_</c> in a script block.</summary>
internal static class JobProperty
{
    /// <summary>The variables that hold the object at hand.</summary>
    public static bool IsCurrentObject(VariableExpressionAst variable) =>
        variable.VariablePath.UserPath.Equals("_", StringComparison.Ordinal)
        || variable.VariablePath.UserPath.Equals("PSItem", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of an expression such as <c>$_.TrainingConfig.Epochs</c>. Null for any other.</summary>
    public static string? Path(ExpressionAst expression)
    {
        var names = new Stack<string>();
        while (
            expression is MemberExpressionAst { Static: false, Member: StringConstantExpressionAst name } member
            && member is not InvokeMemberExpressionAst
        )
        {
            names.Push(name.Value);
            expression = member.Expression;
        }
        return
            names.Count > 0
            && expression is VariableExpressionAst { Splatted: false } variable
            && IsCurrentObject(variable)
            ? string.Join(".", names)
            : null;
    }

    /// <summary>The fields of a job that a script block names: of <c>$_.TrainingConfig.Epochs</c>, only the last.</summary>
    public static IEnumerable<FieldNames.Field> NamedIn(Ast block) =>
        block
            .FindAll(ast => Field(ast) is not null && Field(ast.Parent) is null, searchNestedScriptBlocks: true)
            .Select(ast => Field(ast)!);

    private static FieldNames.Field? Field(Ast? ast) =>
        ast is MemberExpressionAst member && Path(member) is { } path ? FieldNames.FindProperty(path) : null;
}
