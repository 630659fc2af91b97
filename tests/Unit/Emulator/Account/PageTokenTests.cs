using System;
using Fireworks.DpoJobs.Emulator.Account;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class PageTokenTests
{
    private static readonly ListRequest Request = new("state=FAILED", "name", "name", PageSize: 50, PageToken: "");

    [Theory]
    [InlineData(1)]
    [InlineData(199)]
    [InlineData(int.MaxValue)]
    public void A_token_gives_back_its_offset(int offset)
    {
        var token = PageToken.Create(Request, offset);

        Assert.Equal(offset, PageToken.Read(Request with { PageToken = token }));
        Assert.Matches("^[A-Za-z0-9_-]+$", token);
    }

    [Fact]
    public void No_token_is_the_first_page() => Assert.Equal(0, PageToken.Read(Request));

    [Theory]
    [InlineData("filter")]
    [InlineData("orderBy")]
    [InlineData("readMask")]
    [InlineData("pageSize")]
    public void Another_parameter_that_changed_is_refused(string changed)
    {
        var next = Request with { PageToken = PageToken.Create(Request, 50) };
        next = changed switch
        {
            "filter" => next with { Filter = "" },
            "orderBy" => next with { OrderBy = "name desc" },
            "readMask" => next with { ReadMask = "" },
            "pageSize" => next with { PageSize = 51 },
            _ => throw new ArgumentOutOfRangeException(nameof(changed)),
        };

        var error = Assert.Throws<ApiException>(() => PageToken.Read(next));

        Assert.Equal((400, 3), (error.Status, error.Code));
    }

    [Fact]
    public void A_filter_that_moved_into_the_order_is_refused()
    {
        var first = Request with { Filter = "a", OrderBy = "b" };
        var second = first with { Filter = "", OrderBy = "a\nb", PageToken = PageToken.Create(first, 50) };

        Assert.Throws<ApiException>(() => PageToken.Read(second));
    }

    [Theory]
    [InlineData("garbage!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public void Garbage_is_refused(string token)
    {
        var error = Assert.Throws<ApiException>(() => PageToken.Read(Request with { PageToken = token }));

        Assert.Equal(400, error.Status);
    }

    [Fact]
    public void A_very_long_token_is_refused() =>
        Assert.Throws<ApiException>(() => PageToken.Read(Request with { PageToken = new string('A', 100_000) }));

    [Fact]
    public void A_token_with_another_offset_is_refused()
    {
        var token = PageToken.Create(Request, 50);
        var forged = (token[0] == 'B' ? 'C' : 'B') + token[1..];

        Assert.Throws<ApiException>(() => PageToken.Read(Request with { PageToken = forged }));
    }
}
