using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Translates the script block of a -Filter parameter.</summary>
internal static class ScriptBlockFilter
{
    /// <summary>Translates a script block that was passed to a cmdlet. Values in it are evaluated in the scope of the caller.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="block">The script block.</param>
    /// <param name="accountId">The account of the jobs. Null when it is unknown.</param>
    /// <exception cref="FwInvalidFilterException">The block runs a command that does not exist.</exception>
    public static FilterTranslation Translate(PSCmdlet cmdlet, ScriptBlock block, string? accountId)
    {
        if (block.Ast is not ScriptBlockAst ast)
        {
            var whole = new LocalCondition(block.ToString(), "functions are not translated");
            return new FilterTranslation(null, [whole], [], ReadsAnyField: true, []);
        }
        var scope = new CallerScope(cmdlet, block, accountId);
        if (ScriptBlockLinter.FindMissingCommand(ast, scope) is { } problem)
        {
            throw new FwInvalidFilterException(ControlCharacters.MakeVisible(problem));
        }
        var translator = new ScriptBlockTranslator(ast, scope);
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

/// <summary>A script block as a filter for the service and the conditions that remain local.</summary>
/// <param name="Filter">A filter that every job passes for which the block is true. Null when all jobs must be retrieved.</param>
/// <param name="LocalConditions">The parts of the block that the filter does not cover. Empty when it covers the whole block.</param>
/// <param name="Properties">Paths of the job properties that the block reads.</param>
/// <param name="ReadsAnyField">Whether the block may read other properties too.</param>
/// <param name="Warnings">Likely mistakes in the block. Empty when none were found.</param>
internal sealed record FilterTranslation(
    FilterNode? Filter,
    IReadOnlyList<LocalCondition> LocalConditions,
    IReadOnlyList<string> Properties,
    bool ReadsAnyField,
    IReadOnlyList<string> Warnings
);

/// <summary>A part of a script block that only the script block itself checks.</summary>
/// <param name="Text">The part as written.</param>
/// <param name="Reason">Why it is not part of the filter.</param>
internal sealed record LocalCondition(string Text, string Reason);
