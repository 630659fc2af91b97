using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Which jobs a listing is for: what the service is asked for, and what is left to do here.</summary>
internal sealed record JobSelection
{
    private const int LongestShown = 600;
    private const int MostProblems = 5;

    private JobSelection(JobCriteria criteria, ScriptBlock? block, ListFilter filter)
    {
        Criteria = criteria;
        Block = block;
        Filter = filter;
    }

    /// <summary>States and times. What the service sends is held against them in any case.</summary>
    public JobCriteria Criteria { get; }

    /// <summary>The script block that every job has to pass. Null for none.</summary>
    public ScriptBlock? Block { get; }

    /// <summary>What the service is asked for.</summary>
    public ListFilter Filter { get; }

    /// <summary>Parts of the script block that the service is not asked for.</summary>
    public IReadOnlyList<LocalCondition> Kept { get; private init; } = [];

    /// <summary>Properties of a job that are looked at here.</summary>
    public IReadOnlyList<string> Properties { get; private init; } = [];

    /// <summary>Whether the script block may look at any property of a job.</summary>
    public bool ReadsAnyField { get; private init; }

    private IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Whether the service sends no job that would be dropped here, if it takes the filter.</summary>
    public bool IsSentInFull => Kept.Count == 0 && !Filter.IsMadePartKept;

    /// <summary>What the user may have meant otherwise, in words.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            foreach (var problem in Problems.Take(MostProblems))
            {
                yield return ControlCharacters.MakeVisible(problem);
            }
            if (Filter.Written?.Contains("$_") == true)
            {
                yield return "The filter is a text that looks like a script block. Without quotes around the braces it would be one.";
            }
            if (Filter.Written is { } written && FilterDiagnostics.PrecedenceReading(written) is { } reading)
            {
                yield return $"In AIP-160, OR binds tighter than AND, so the service reads the filter as: {Truncation.Truncate(ControlCharacters.MakeVisible(reading), LongestShown)}. With parentheses it says which of the two you mean.";
            }
        }
    }

    /// <summary>Puts together what the parameters say.</summary>
    public static JobSelection Create(
        PSCmdlet cmdlet,
        JobFilter? filter,
        IReadOnlyList<string> states,
        PointInTime? createdAfter,
        PointInTime? createdBefore
    )
    {
        var now = SystemClock.Instance.UtcNow;
        var criteria = new JobCriteria(states, createdAfter?.Resolve(now), createdBefore?.Resolve(now));
        var kept = new List<LocalCondition>();
        var made = criteria.ToFilter();
        var properties = criteria.Properties.ToList();
        var readsAnyField = false;
        string[] problems = [];
        if (filter?.ScriptBlock is { Ast: ScriptBlockAst block } script)
        {
            var translator = new ScriptBlockTranslator(block, new CallerScope(cmdlet, script).TryEvaluate);
            var translation = translator.Translate();
            problems = [.. translator.Problems];
            made = FilterBuilder.All(new[] { made, translation.Filter }.OfType<FilterNode>());
            kept.AddRange(translation.Kept);
            properties.AddRange(JobProperty.NamedIn(block).Select(field => field.PropertyPath));
            readsAnyField = JobProperty.IsUsedWhole(block);
        }
        else if (filter?.ScriptBlock is { } function)
        {
            kept.Add(new LocalCondition(function.ToString(), "a function is not looked into"));
            readsAnyField = true;
        }
        return new JobSelection(criteria, filter?.ScriptBlock, new ListFilter(filter?.Text, made))
        {
            Kept = kept,
            Problems = problems,
            Properties = properties,
            ReadsAnyField = readsAnyField,
        };
    }

    /// <summary>What was made of the parameters, for -Verbose: a line for what is sent, and one for each part that is not.</summary>
    public IEnumerable<string> Describe()
    {
        if (Filter.MadeText is { } made)
        {
            yield return $"Sent to the service: {made}";
        }
        else if (Filter.IsMadePartKept)
        {
            yield return "Filtered here: all of it, since the filter would be too long, or cannot be joined with the one that is written.";
        }
        foreach (var part in Kept)
        {
            yield return $"Filtered here: {ControlCharacters.MakeVisible(part.Text)} ({part.Reason}).";
        }
    }
}
