using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Properties of <c>$_</c> in a script block.</summary>
internal static class JobProperty
{
    /// <summary>Whether a variable is <c>$_</c> or <c>$PSItem</c>.</summary>
    public static bool IsCurrentObject(VariableExpressionAst variable) =>
        variable.VariablePath.UserPath.Equals("_", StringComparison.Ordinal)
        || variable.VariablePath.UserPath.Equals("PSItem", StringComparison.OrdinalIgnoreCase);

    /// <summary>The property path in an expression such as <c>$_.TrainingConfig.Epochs</c>. Null for other expressions.</summary>
    public static string? FindPath(ExpressionAst expression) =>
        FindNames(expression) is { } names && !names.Any(name => name.Contains('.')) ? string.Join(".", names) : null;

    /// <summary>
    /// The property names in an expression such as <c>$_.TrainingConfig.Epochs</c>, in the user's spelling. Null for other
    /// expressions.
    /// </summary>
    public static IReadOnlyList<string>? FindNames(ExpressionAst expression)
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

    /// <summary>Whether Update-TypeData has replaced a property.</summary>
    public static bool IsRedefined(string propertyPath) => TypeOf(propertyPath) is null;

    /// <summary>The type of a property. Null when there is no such property, or Update-TypeData has replaced it.</summary>
    public static Type? TypeOf(string propertyPath) => Resolve(propertyPath.Split('.')).Last().Type;

    /// <summary>The part of a path up to the first property that does not exist. Null when all exist or may exist.</summary>
    public static string? FindMissing(IReadOnlyList<string> names)
    {
        var members = Resolve(names).ToArray();
        // In PowerShell, every object has a Count and a Length.
        return members[members.Length - 1].Exists || names[members.Length - 1].ToUpperInvariant() is "COUNT" or "LENGTH"
            ? null
            : string.Join(".", names.Take(members.Length));
    }

    /// <summary>The job fields that a script block reads: of <c>$_.TrainingConfig.Epochs</c>, only the last.</summary>
    public static IEnumerable<JobField> FindFields(Ast block) =>
        block
            .FindAll(ast => FindField(ast) is not null && FindField(ast.Parent) is null, searchNestedScriptBlocks: true)
            .Select(ast => FindField(ast)!);

    /// <summary>Whether a script block uses <c>$_</c> other than by naming a field, and so may read any field.</summary>
    public static bool ReadsAnyField(Ast block) =>
        block.Find(
            ast =>
                ast is VariableExpressionAst variable
                && IsCurrentObject(variable)
                && FindField(variable.Parent) is null,
            searchNestedScriptBlocks: true
        )
            is not null;

    private static JobField? FindField(Ast? ast) =>
        ast is MemberExpressionAst member && FindPath(member) is { } path ? JobFields.FindProperty(path) : null;

    // One item per name, up to the first that leads out of the job's own types. The type is null for members that are not
    // properties of the class.
    private static IEnumerable<(bool Exists, Type? Type)> Resolve(IEnumerable<string> names)
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
            var propertyType = member is { MemberType: PSMemberTypes.Property }
                ? type.GetProperty(member.Name)?.PropertyType
                : null;
            yield return (member is not null, propertyType);
            if (propertyType is null)
            {
                yield break;
            }
            type = propertyType;
        }
    }
}
