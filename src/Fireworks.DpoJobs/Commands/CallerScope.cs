using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs.Commands;

/// <summary>Evaluates parts of a script block where the block itself will run: in the scope that it was written in.</summary>
internal sealed class CallerScope(PSCmdlet cmdlet, ScriptBlock block)
{
    private const string Value = nameof(Value);

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
        if (block.Module is null && cmdlet.SessionState.Module is not null)
        {
            return false;
        }
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
            value = table[Value] is PSObject wrapped ? wrapped.BaseObject : table[Value];
            return true;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            return false;
        }
    }
}
