using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>A condition on jobs.</summary>
internal abstract class FilterNode
{
    public abstract bool Matches(Job job);
}

internal sealed class AllOf(IReadOnlyList<FilterNode> parts) : FilterNode
{
    public override bool Matches(Job job) => parts.All(part => part.Matches(job));
}

internal sealed class AnyOf(IReadOnlyList<FilterNode> parts) : FilterNode
{
    public override bool Matches(Job job) => parts.Any(part => part.Matches(job));
}

internal sealed class Not(FilterNode part) : FilterNode
{
    public override bool Matches(Job job) => !part.Matches(job);
}
