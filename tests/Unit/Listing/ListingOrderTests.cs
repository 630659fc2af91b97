using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>The orders in which ranges of a listing can be put together.</summary>
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
    public void Names_and_creation_times_can_be_put_together(string? orderBy, bool isByTime, bool isDescending)
    {
        Assert.Equal(new ListingOrder(isByTime, isDescending), ListingOrder.Find(orderBy));
    }

    [Theory]
    [InlineData("state")]
    [InlineData("state,name")]
    [InlineData("completed_time desc")]
    [InlineData("display_name")]
    [InlineData("name DESC")]
    [InlineData("create_time desc nulls last")]
    [InlineData("")]
    public void What_else_there_is_only_the_service_knows_how_to_compare(string orderBy)
    {
        Assert.Null(ListingOrder.Find(orderBy));
    }

    [Fact]
    public void Names_are_compared_byte_by_byte()
    {
        var order = new ListingOrder(IsByTime: false, IsDescending: false);

        Assert.True(order.CompareNames("a-z", "a0") < 0);
        Assert.True(order.CompareNames("a", "a-") < 0);
        Assert.Equal(0, order.CompareNames("a", "a"));
        Assert.True((order with { IsDescending = true }).CompareNames("a", "b") > 0);
    }
}
