using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Evaluates parts of a script block in the scope in which the block itself will run.</summary>
internal sealed class CallerScope(PSCmdlet cmdlet, ScriptBlock block, string? accountId) : IBlockScope
{
    public string? AccountId => accountId;

    // The scope of a block from outside the calling module is not accessible.
    private bool IsAccessible => block.Module is not null || cmdlet.SessionState.Module is null;

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
        if (!IsAccessible)
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

    public bool IsBuiltIn(string command) =>
        cmdlet.InvokeCommand.GetCommand(command, CommandTypes.All)
            is CmdletInfo { ModuleName: "Microsoft.PowerShell.Utility" };

    public bool MayExist(string command) =>
        block.Module != cmdlet.SessionState.Module
        || cmdlet.InvokeCommand.GetCommand(command, CommandTypes.All) is not null;
}
