using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Filters by state.</summary>
public sealed class StateFilterTests
{
    [Fact]
    public void Joins_any_of_several_states_by_OR()
    {
        Assert.Null(StateFilter.AnyOf([]));
        Assert.Equal("state = A", FilterPrinter.Print(StateFilter.AnyOf(["A"])!));
        Assert.Equal("state = A OR state = B", FilterPrinter.Print(StateFilter.AnyOf(["A", "B"])!));
    }

    [Fact]
    public void Joins_none_of_several_states_by_AND()
    {
        Assert.Null(StateFilter.NoneOf([]));
        Assert.Equal("state != A", FilterPrinter.Print(StateFilter.NoneOf(["A"])!));
        Assert.Equal("state != A AND state != B", FilterPrinter.Print(StateFilter.NoneOf(["A", "B"])!));
    }
}
