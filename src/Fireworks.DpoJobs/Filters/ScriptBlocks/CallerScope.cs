using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Evaluates parts of a script block where the block itself will run: in the scope that it was written in.</summary>
internal sealed class CallerScope(PSCmdlet cmdlet, ScriptBlock block)
{
    private const string Value = nameof(Value);
    private const string Utility = "Microsoft.PowerShell.Utility";

    /// <summary>Evaluates an expression that does not depend on the object at hand. Its errors are the block's to report.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryEvaluate(ExpressionAst expression, out object? value)
    {
        switch (expression)
        {
            case StringConstantExpressionAst text:
                value = text.Value;
                return true;
            case ConstantExpressionAst constant:
                value = constant.Value;
                return true;
        }
        value = null;
        // A block from outside of the module that calls: its scope cannot be entered from here.
        if ((block.Module is null && cmdlet.SessionState.Module is not null) || !HasKnownCommands(expression))
        {
            return false;
        }
        var errors = cmdlet.SessionState.PSVariable.GetValue("Error") as ArrayList;
        var before = errors?.Count ?? 0;
        try
        {
            // In a table, since an array would come back as its items.
            var script = ScriptBlock.Create(
                $"try {{ . {{ @{{ {Value} = ({expression.Extent.Text}\n) }} }} 2>$null }} catch {{ }}"
            );
            var bound = block.Module?.NewBoundScriptBlock(script) ?? script;
            var results = cmdlet.InvokeCommand.InvokeScript(useLocalScope: false, bound, null, null);
            if (results.Count != 1 || results[0]?.BaseObject is not Hashtable table)
            {
                return false;
            }
            value = table[Value];
            return true;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            return false;
        }
        finally
        {
            while (errors?.Count > before)
            {
                errors.RemoveAt(0);
            }
        }
    }

    // A function or an alias of the user's may have the name of a command.
    private bool HasKnownCommands(ExpressionAst expression) =>
        expression
            .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
            .Select(ast => cmdlet.InvokeCommand.GetCommand(((CommandAst)ast).GetCommandName(), CommandTypes.All))
            .All(command => command is CmdletInfo { ModuleName: Utility });
}
