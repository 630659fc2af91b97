using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>
/// Finds mistakes that PowerShell accepts silently and that make a filter match the wrong jobs, or none: an empty report of
/// failed jobs looks like good news.
/// </summary>
internal static class ScriptBlockLinter
{
    private const int MaxShownLength = 60;

    /// <summary>Warns about properties that jobs do not have in the expression that a block consists of.</summary>
    public static IEnumerable<string> CheckProperties(ExpressionAst expression) =>
        // Statements inside the expression may give $_ another meaning.
        expression.Find(ast => ast is StatementAst and not (PipelineAst or CommandBaseAst), false)
            is null
            ? expression
                .FindAll(ast => ast is MemberExpressionAst, searchNestedScriptBlocks: false)
                .Select(ast => JobProperty.FindNames((ExpressionAst)ast))
                .OfType<IReadOnlyList<string>>()
                .Select(JobProperty.FindMissing)
                .OfType<string>()
                .Select(DescribeMissing)
            : [];

    /// <summary>
    /// Describes a command that does not exist: the name of a property without <c>$_</c>, as in <c>State -eq 'Failed'</c>, or
    /// a typo. It would cause an error for each job. Null when there is none.
    /// </summary>
    public static string? FindMissingCommand(ScriptBlockAst block, IBlockScope scope) =>
        block
            .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: false)
            .Where(ast => IsWholeBlock(ast, block) || FindProperty((CommandAst)ast) is not null)
            .Cast<CommandAst>()
            .Where(command => command.GetCommandName() is { } name && !scope.MayExist(name))
            .Select(command =>
                $"The filter runs {Truncate(command.GetCommandName())} as a command, and there is no such command. "
                + (
                    FindProperty(command) is { } property
                        ? $"To read the property of the job, use $_.{property}."
                        : "The properties of the job are those of $_, for example $_.State."
                )
            )
            .FirstOrDefault();

    /// <summary>Warns about an index into the job, which is always <c>$null</c>.</summary>
    public static IEnumerable<string> CheckIndexes(ExpressionAst expression) =>
        expression
            .FindAll(ast => ast is IndexExpressionAst, searchNestedScriptBlocks: false)
            .Cast<IndexExpressionAst>()
            .Where(index =>
                index is { Target: VariableExpressionAst variable, Index: StringConstantExpressionAst }
                && JobProperty.IsCurrentObject(variable)
            )
            .Select(index =>
                $"Jobs have no index, so {Truncate(index.Extent.Text)} is always $null in the filter. "
                + $"Use $_.{((StringConstantExpressionAst)index.Index).Value}."
            );

    /// <summary>Warns about constants that are conditions: <c>-eq 'Failed' -or 'Cancelled'</c> is always true.</summary>
    public static IEnumerable<string> CheckConditions(ExpressionAst expression) =>
        expression
            .FindAll(
                ast => ast is BinaryExpressionAst { Operator: TokenKind.And or TokenKind.Or or TokenKind.Xor },
                searchNestedScriptBlocks: false
            )
            .Cast<BinaryExpressionAst>()
            .SelectMany(both => new[] { both.Left, both.Right })
            .Where(side =>
                side is ConstantExpressionAst
                || (side is ArrayLiteralAst list && list.Elements.All(item => item is ConstantExpressionAst))
            )
            .Select(side =>
                $"The filter has {Truncate(side.Extent.Text)} as a condition, which is the same for every job. "
                + "To match any of several values, use -in: $_.State -in 'Failed', 'Cancelled'."
            );

    /// <summary>Warns about assignments to properties of a job.</summary>
    public static IEnumerable<string> CheckAssignments(Ast statement) =>
        statement
            .FindAll(
                ast => ast is AssignmentStatementAst { Operator: TokenKind.Equals },
                searchNestedScriptBlocks: false
            )
            .Select(ast => ((AssignmentStatementAst)ast).Left)
            .Where(target => JobProperty.FindNames(target) is not null)
            .Select(target =>
                $"The filter assigns a value to {Truncate(target.Extent.Text)} instead of comparing it. To compare, use -eq."
            );

    /// <summary>Warns about a comparison of an enum property with a list.</summary>
    public static IEnumerable<string> CheckList(string property) =>
        FindEnum(property) is null
            ? []
            :
            [
                $"The filter compares {property} with a list as if it were one value. To match any of its items, use -in.",
            ];

    /// <summary>Warns about strings that no value of an enum equals.</summary>
    public static IEnumerable<string> CheckValues(Comparison comparison)
    {
        if (DescribeOtherSpelling(comparison) is { } spelling)
        {
            return [spelling];
        }
        if (
            comparison.Operator is not (FilterComparator.Equal or FilterComparator.NotEqual)
            || FindEnum(comparison.Property) is not { } type
        )
        {
            return [];
        }
        if (comparison.PatternOperator is not null)
        {
            var isMatched = Enum.GetValues(type).Cast<object>().Any((comparison with { IsNegated = false }).Matches);
            return isMatched
                ? []
                :
                [
                    $"The filter compares {comparison.Property} with the pattern '{Truncate((string)comparison.Values[0]!)}', which matches no {comparison.Property}. "
                        + $"To compare the spelling of the service, use {comparison.Property}Text.",
                ];
        }
        var values = Enum.GetValues(type).Cast<object>().ToArray();
        return comparison
            .Values.OfType<string>()
            .Where(text =>
            {
                var equality = comparison with
                {
                    Values = [text],
                    Operator = FilterComparator.Equal,
                    IsNegated = false,
                };
                // PowerShell reads a list with commas as the sum of the values.
                return text.Contains(',') || !values.Any(equality.Matches);
            })
            .Select(text =>
                $"The filter compares {comparison.Property} with '{Truncate(text)}', which equals no {comparison.Property}. "
                + Suggest(type, text)
            );
    }

    // 'Failed' for JOB_STATE_FAILED, in a comparison with StateText.
    private static string? DescribeOtherSpelling(Comparison comparison) =>
        nameof(DpoJob.StateText).Equals(comparison.Property, StringComparison.OrdinalIgnoreCase)
        && comparison is { Test: null, Operator: FilterComparator.Equal or FilterComparator.NotEqual }
            ? comparison
                .Values.OfType<string>()
                .Where(text =>
                    JobStates.FindWireName(text) is { } wireName
                    && !wireName.Equals(text, StringComparison.OrdinalIgnoreCase)
                )
                .Select(text =>
                    $"The filter compares StateText with '{Truncate(text)}', which equals no StateText. Use '{JobStates.FindWireName(text)}'."
                )
                .FirstOrDefault()
            : null;

    private static bool IsWholeBlock(Ast command, ScriptBlockAst block) =>
        block.EndBlock is { Statements: { Count: 1 } statements }
        && statements[0] is PipelineAst pipeline
        && pipeline.PipelineElements[0] == command;

    private static string? FindProperty(CommandAst command) =>
        command.GetCommandName() is { } name ? JobFields.Find(name)?.PropertyPath : null;

    private static string DescribeMissing(string name) =>
        $"Jobs have no property {Truncate(name)}, so it is always $null in the filter. "
        + (
            JobFields.Find(name) is { } field
                ? $"Use {field.PropertyPath}."
                : "To list the properties, run: Get-FwDpoJob -First 1 | Get-Member."
        );

    private static string Suggest(Type type, string text)
    {
        if (type == typeof(RpcCode))
        {
            return RpcCodes.Parse(text.ToUpperInvariant()) is { } code and not RpcCode.Unrecognized
                ? $"Use '{code}'."
                : ListValues(type);
        }
        return JobStates.FindWireName(text) is not { } wireName ? ListValues(type)
            : JobStates.Parse(wireName) is { } state and not JobState.Unrecognized ? $"Use '{state}'."
            : "This version of the module does not know that state, so compare StateText instead.";
    }

    private static string ListValues(Type type) => $"To list the values, run: [Enum]::GetNames([{type.FullName}]).";

    private static Type? FindEnum(string property) =>
        JobProperty.TypeOf(property) is { } type && (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } found
            ? found
            : null;

    private static string Truncate(string text) => Truncation.Truncate(text, MaxShownLength);
}
