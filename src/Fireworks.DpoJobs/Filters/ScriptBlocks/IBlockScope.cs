using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>The scope in which a script block runs.</summary>
internal interface IBlockScope
{
    /// <summary>The account whose jobs the block filters. Null when it is unknown.</summary>
    string? AccountId { get; }

    /// <summary>Evaluates an expression that does not depend on <c>$_</c>. Discards errors: the block will report them.</summary>
    /// <returns>Whether the value is known.</returns>
    bool TryEvaluate(ExpressionAst expression, out object? value);

    /// <summary>Whether a name runs PowerShell's own cmdlet, and not a function or an alias of the user with the same name.</summary>
    bool IsBuiltIn(string command);

    /// <summary>Whether a command exists, or may exist because the scope is not accessible.</summary>
    bool MayExist(string command);
}
