using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Properties of <c>$_</c> in a script block.</summary>
internal static class JobProperty
{
    /// <summary>The variables that hold the object at hand.</summary>
    public static bool IsCurrentObject(VariableExpressionAst variable) =>
        variable.VariablePath.UserPath.Equals("_", StringComparison.Ordinal)
        || variable.VariablePath.UserPath.Equals("PSItem", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of an expression such as <c>$_.TrainingConfig.Epochs</c>. Null for any other.</summary>
    public static string? Path(ExpressionAst expression) =>
        Names(expression) is { } names && !names.Any(name => name.Contains('.')) ? string.Join(".", names) : null;

    /// <summary>The names in an expression such as <c>$_.TrainingConfig.Epochs</c>, each as it is written. Null for any other.</summary>
    public static IReadOnlyList<string>? Names(ExpressionAst expression)
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
            ? [.. names]
            : null;
    }

    /// <summary>Whether somebody has given a type of job's parts a property that goes before the one of a field.</summary>
    public static bool IsChanged(string propertyPath) => TypeOf(propertyPath) is null;

    /// <summary>The type of a property. Null when there is none of this path, or one of Update-TypeData.</summary>
    public static Type? TypeOf(string propertyPath)
    {
        var members = Members(propertyPath.Split('.')).ToArray();
        return members[members.Length - 1].Type;
    }

    /// <summary>The part of a path, from its beginning, that a job does not have. Null when it has all, or nobody knows.</summary>
    /// <param name="names">The names of the path.</param>
    public static string? FindMissing(IReadOnlyList<string> names)
    {
        var members = Members(names).ToArray();
        // PowerShell gives every object a Count and a Length.
        return
            members[members.Length - 1].IsThere || names[members.Length - 1].ToUpperInvariant() is "COUNT" or "LENGTH"
            ? null
            : string.Join(".", names.Take(members.Length));
    }

    // Along a path, as far as it stays within a job: whether a member is there, and its type where it is the job's own.
    private static IEnumerable<(bool IsThere, Type? Type)> Members(IEnumerable<string> names)
    {
        var type = typeof(DpoJob);
        foreach (var name in names)
        {
            if (!typeof(ApiObject).IsAssignableFrom(type))
            {
                yield return (true, null);
                yield break;
            }
            var member = new PSObject(Activator.CreateInstance(type)!).Members[name];
            var own = member is { MemberType: PSMemberTypes.Property }
                ? type.GetProperty(member.Name)?.PropertyType
                : null;
            yield return (member is not null, own);
            if (own is null)
            {
                yield break;
            }
            type = own;
        }
    }

    /// <summary>Whether a script block uses the job otherwise than by naming a field: then it may look at any.</summary>
    public static bool IsUsedWhole(Ast block) =>
        block.Find(
            ast => ast is VariableExpressionAst variable && IsCurrentObject(variable) && Field(variable.Parent) is null,
            searchNestedScriptBlocks: true
        )
            is not null;

    /// <summary>The fields of a job that a script block names: of <c>$_.TrainingConfig.Epochs</c>, only the last.</summary>
    public static IEnumerable<JobField> NamedIn(Ast block) =>
        block
            .FindAll(ast => Field(ast) is not null && Field(ast.Parent) is null, searchNestedScriptBlocks: true)
            .Select(ast => Field(ast)!);

    private static JobField? Field(Ast? ast) =>
        ast is MemberExpressionAst member && Path(member) is { } path ? JobFields.FindProperty(path) : null;
}
