using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Fireworks.DpoJobs.Models;

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

    /// <summary>Whether somebody has given a type of job's parts a property that goes before the one of a field.</summary>
    public static bool IsChanged(string propertyPath) => TypeOf(propertyPath, out _) is null;

    /// <summary>The type of a property. Null when it is not known, as for one of Update-TypeData.</summary>
    /// <param name="propertyPath">The path.</param>
    /// <param name="missing">The part of the path that a job does not have. Null when it has all.</param>
    public static Type? TypeOf(string propertyPath, out string? missing)
    {
        missing = null;
        var type = typeof(DpoJob);
        var names = propertyPath.Split('.');
        for (var count = 1; count <= names.Length; count++)
        {
            if (!typeof(ApiObject).IsAssignableFrom(type))
            {
                return null;
            }
            var member = new PSObject(Activator.CreateInstance(type)!).Members[names[count - 1]];
            if (member is null)
            {
                missing = string.Join(".", names.Take(count));
            }
            if (
                member is not { MemberType: PSMemberTypes.Property }
                || type.GetProperty(member.Name) is not { } property
            )
            {
                return null;
            }
            type = property.PropertyType;
        }
        return type;
    }

    /// <summary>Whether a script block uses the job otherwise than by naming a field: then it may look at any.</summary>
    public static bool IsUsedWhole(Ast block) =>
        block.Find(
            ast => ast is VariableExpressionAst variable && IsCurrentObject(variable) && Field(variable.Parent) is null,
            searchNestedScriptBlocks: true
        )
            is not null;

    /// <summary>The fields of a job that a script block names: of <c>$_.TrainingConfig.Epochs</c>, only the last.</summary>
    public static IEnumerable<FieldNames.Field> NamedIn(Ast block) =>
        block
            .FindAll(ast => Field(ast) is not null && Field(ast.Parent) is null, searchNestedScriptBlocks: true)
            .Select(ast => Field(ast)!);

    private static FieldNames.Field? Field(Ast? ast) =>
        ast is MemberExpressionAst member && Path(member) is { } path ? FieldNames.FindProperty(path) : null;
}
