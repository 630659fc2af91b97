using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Translates the script block of a -Filter parameter.</summary>
internal static class ScriptBlockFilter
{
    /// <summary>Translates a script block. Values in it are evaluated in the scope of the caller.</summary>
    /// <param name="cmdlet">The cmdlet that the script block was passed to.</param>
    /// <param name="block">The script block.</param>
    public static FilterTranslation Translate(PSCmdlet cmdlet, ScriptBlock block)
    {
        if (block.Ast is not ScriptBlockAst ast)
        {
            var whole = new LocalCondition(block.ToString(), "functions are not translated");
            return new FilterTranslation(null, [whole], [], ReadsAnyField: true, []);
        }
        var translator = new ScriptBlockTranslator(ast, new CallerScope(cmdlet, block).TryEvaluate);
        var translation = translator.Translate();
        return new FilterTranslation(
            translation.Filter,
            translation.LocalConditions,
            [.. JobProperty.FindFields(ast).Select(field => field.PropertyPath)],
            JobProperty.ReadsAnyField(ast),
            [.. translator.Warnings]
        );
    }
}
