using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Evaluates parts of a script block in the scope in which the block itself will run.</summary>
internal sealed class CallerScope(PSCmdlet cmdlet, ScriptBlock block)
{
    /// <summary>Evaluates an expression that does not depend on <c>$_</c>. Discards errors: the block will report them.</summary>
    /// <returns>Whether the value is known.</returns>
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
        // The scope of a block from outside the calling module is not accessible.
        if ((block.Module is null && cmdlet.SessionState.Module is not null) || !UsesOnlyCmdlets(expression))
        {
            return false;
        }
        var errors = cmdlet.SessionState.PSVariable.GetValue("Error") as ArrayList;
        var errorCount = errors?.Count ?? 0;
        try
        {
            // In a hashtable, because the pipeline would unroll an array.
            var script = ScriptBlock.Create(
                $"try {{ . {{ @{{ Value = ({expression.Extent.Text}\n) }} }} 2>$null }} catch {{ }}"
            );
            var bound = block.Module?.NewBoundScriptBlock(script) ?? script;
            var results = cmdlet.InvokeCommand.InvokeScript(useLocalScope: false, bound, null, null);
            if (results.Count != 1 || results[0]?.BaseObject is not Hashtable table)
            {
                return false;
            }
            value = table["Value"];
            return true;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            return false;
        }
        finally
        {
            while (errors?.Count > errorCount)
            {
                errors.RemoveAt(0);
            }
        }
    }

    // A function or an alias of the user may hide a cmdlet of the same name.
    private bool UsesOnlyCmdlets(ExpressionAst expression) =>
        expression
            .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
            .Select(ast => cmdlet.InvokeCommand.GetCommand(((CommandAst)ast).GetCommandName(), CommandTypes.All))
            .All(command => command is CmdletInfo { ModuleName: "Microsoft.PowerShell.Utility" });
}
