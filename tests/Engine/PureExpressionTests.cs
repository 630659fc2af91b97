using System.Management.Automation.Language;
using Xunit;

namespace Fireworks.DpoJobs.Engine;

/// <summary>Which expressions are evaluated once, before the first job.</summary>
public sealed class PureExpressionTests
{
    [EngineTheory]
    [InlineData("3")]
    [InlineData("'text'")]
    [InlineData("\"text\"")]
    [InlineData("\"text of $limit\"")]
    [InlineData("$limit")]
    [InlineData("$script:limit")]
    [InlineData("$env:LIMIT")]
    [InlineData("-$limit")]
    [InlineData("$limit + 1")]
    [InlineData("1, 2")]
    [InlineData("@(1, 2)")]
    [InlineData("($limit)")]
    [InlineData("$limits.Since")]
    [InlineData("$limits['Since']")]
    [InlineData("[datetime] '2026-11-01'")]
    [InlineData("[datetime]::UtcNow")]
    [InlineData("[timespan]::FromDays(30)")]
    [InlineData("[timespan]::FromHours(3)")]
    [InlineData("[timespan]::FromMinutes(3)")]
    [InlineData("[timespan]::FromSeconds(3)")]
    [InlineData("[datetime]::Parse('2026-11-01')")]
    [InlineData("(Get-Date)")]
    [InlineData("(get-date)")]
    [InlineData("(Get-Date -Year 2026)")]
    [InlineData("(Get-Date).AddDays(-7)")]
    [InlineData("(Get-Date).addhours(-7).AddMinutes(1).AddSeconds(1).AddMilliseconds(1).AddTicks(1)")]
    [InlineData("(Get-Date).AddMonths(-7).AddYears(1)")]
    [InlineData("(Get-Date).ToUniversalTime()")]
    [InlineData("(Get-Date).ToLocalTime()")]
    [InlineData("((Get-Date) - (New-TimeSpan -Days 30))")]
    public void Accepts_a_pure_expression(string expression) => Assert.True(IsPure(expression));

    [EngineTheory]
    [InlineData("$_")]
    [InlineData("$_.Name")]
    [InlineData("$PSItem")]
    [InlineData("$args")]
    [InlineData("$local:args")]
    [InlineData("$input")]
    [InlineData("$this")]
    [InlineData("$switch")]
    [InlineData("$foreach")]
    [InlineData("$Matches")]
    [InlineData("$PSScriptRoot")]
    [InlineData("\"$PSScriptRoot\"")]
    [InlineData("$PSCommandPath")]
    [InlineData("$PSBoundParameters")]
    [InlineData("$PSCmdlet")]
    [InlineData("$MyInvocation")]
    [InlineData("$StackTrace")]
    [InlineData("$Error")]
    [InlineData("$?")]
    [InlineData("$^")]
    [InlineData("$$")]
    [InlineData("$limit++")]
    [InlineData("$limit--")]
    [InlineData("++$limit")]
    [InlineData("--$limit")]
    [InlineData("[ref] $limit")]
    [InlineData("$random.Next()")]
    [InlineData("$random.$name()")]
    [InlineData("(Get-Random)")]
    [InlineData("(& $command)")]
    [InlineData("(Get-Date > file)")]
    [InlineData("('x' > file)")]
    [InlineData("$(1)")]
    [InlineData("@{ a = 1 }")]
    [InlineData("{ 1 }")]
    [InlineData("($limit = 1)")]
    public void Rejects_an_impure_expression(string expression) => Assert.False(IsPure(expression));

    [EngineTheory]
    [InlineData("$x = 1")]
    [InlineData("$x++")]
    [InlineData("$x--")]
    [InlineData("++$x")]
    [InlineData("--$x")]
    [InlineData("[int]::TryParse('7', [ref] $x)")]
    [InlineData("$_.Name.Where({ $x = 1 })")]
    [InlineData("$queue.Dequeue()")]
    [InlineData("$queue.$method()")]
    [InlineData("Set-Variable x 1")]
    [InlineData("Get-Date > file")]
    public void Rejects_a_variable_in_a_block_with_side_effects(string sideEffect)
    {
        Assert.False(IsPure("$limit", sideEffect));
        Assert.True(IsPure("3", sideEffect));
    }

    [EngineTheory]
    [InlineData("$_.Name.StartsWith('n')")]
    [InlineData("$PSItem.TrainingConfig.BaseModel.Contains('x')")]
    [InlineData("(Get-Date).AddDays(1)")]
    [InlineData("[int] $_.Name")]
    [InlineData("-$y")]
    [InlineData("Get-Date")]
    public void Accepts_a_variable_in_a_block_without_side_effects(string other) =>
        Assert.True(IsPure("$limit", other));

    private static bool IsPure(string expression, string other = "1")
    {
        var block = Block.Parse($"({expression}); {other}");
        var first = (PipelineAst)block.EndBlock.Statements[0];
        return PureExpression.IsPure(((CommandExpressionAst)first.PipelineElements[0]).Expression, block);
    }
}
