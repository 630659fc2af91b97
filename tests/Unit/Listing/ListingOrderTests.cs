using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>The orders in which ranges of a listing can be merged.</summary>
public sealed class ListingOrderTests
{
    [Theory]
    [InlineData(null, false, false)]
    [InlineData("name", false, false)]
    [InlineData("name desc", false, true)]
    [InlineData("name,create_time desc", false, false)]
    [InlineData("create_time", true, false)]
    [InlineData("create_time desc", true, true)]
    [InlineData("create_time desc,state", true, true)]
    public void Parses_orders_by_name_and_by_creation_time(string? orderBy, bool isByTime, bool isDescending)
    {
        Assert.Equal(new ListingOrder(isByTime, isDescending), ListingOrder.Parse(orderBy));
    }

    [Theory]
    [InlineData("state")]
    [InlineData("state,name")]
    [InlineData("completed_time desc")]
    [InlineData("display_name")]
    [InlineData("name DESC")]
    [InlineData("create_time desc nulls last")]
    [InlineData("")]
    public void Any_other_order_cannot_be_merged(string orderBy)
    {
        Assert.Null(ListingOrder.Parse(orderBy));
    }

    [Fact]
    public void Compares_names_by_code_unit()
    {
        var order = new ListingOrder(IsByTime: false, IsDescending: false);

        Assert.True(order.CompareNames("a-z", "a0") < 0);
        Assert.True(order.CompareNames("a", "a-") < 0);
        Assert.Equal(0, order.CompareNames("a", "a"));
        Assert.True((order with { IsDescending = true }).CompareNames("a", "b") > 0);
    }
}
