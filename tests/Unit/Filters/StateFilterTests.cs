using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>Filters by state.</summary>
public sealed class StateFilterTests
{
    [Fact]
    public void Any_of_several_states_is_an_alternative()
    {
        Assert.Null(StateFilter.AnyOf([]));
        Assert.Equal("state = A", FilterPrinter.Print(StateFilter.AnyOf(["A"])!));
        Assert.Equal("state = A OR state = B", FilterPrinter.Print(StateFilter.AnyOf(["A", "B"])!));
    }

    [Fact]
    public void None_of_several_states_is_a_conjunction()
    {
        Assert.Null(StateFilter.NoneOf([]));
        Assert.Equal("state != A", FilterPrinter.Print(StateFilter.NoneOf(["A"])!));
        Assert.Equal("state != A AND state != B", FilterPrinter.Print(StateFilter.NoneOf(["A", "B"])!));
    }
}
