using Xunit;

namespace Fireworks.DpoJobs.Unit.Listing;

/// <summary>The wire form of -ReadMask and -OrderBy.</summary>
public sealed class FieldListTests
{
    [Theory]
    [InlineData("Name", "name")]
    [InlineData("Name,State", "name,state")]
    [InlineData(" Name , ,trainingConfig.baseModel,", "name,training_config.base_model")]
    [InlineData("Id", "name")]
    [InlineData("Duration", "create_time,completed_time")]
    [InlineData("*", "*")]
    [InlineData("newField", "newField")]
    [InlineData("Name,name,NAME,Id,AccountId", "name")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData(" , ,", null)]
    [InlineData(null, null)]
    public void Converts_one_string_to_a_read_mask(string? typed, string? sent)
    {
        Assert.Equal(sent, FieldList.ToReadMask([typed]));
    }

    [Fact]
    public void Joins_several_strings_to_one_read_mask_in_their_order()
    {
        Assert.Equal(
            "state,name,create_time,completed_time,training_config",
            FieldList.ToReadMask(["State, Name", null, "", "Duration", "create_time", "TrainingConfig"])
        );
    }

    [Theory]
    [InlineData("CreateTime", "create_time")]
    [InlineData("CreateTime desc", "create_time desc")]
    [InlineData("create_time DESC", "create_time desc")]
    [InlineData("createTime Desc", "create_time desc")]
    [InlineData("CreateTime asc", "create_time")]
    [InlineData("CreateTime\tdesc", "create_time desc")]
    [InlineData("  CreateTime    desc  ", "create_time desc")]
    [InlineData("State,CreateTime desc", "state,create_time desc")]
    [InlineData("State desc, CreateTime desc ,Name", "state desc,create_time desc,name")]
    [InlineData("TrainingConfig.Epochs desc", "training_config.epochs desc")]
    [InlineData("Id desc", "name desc")]
    [InlineData("newField desc", "newField desc")]
    [InlineData("CreateTime descending", "CreateTime descending")]
    [InlineData("CreateTime desc nulls", "CreateTime desc nulls")]
    [InlineData("Duration desc", "Duration desc")]
    [InlineData("*", "*")]
    [InlineData("desc", "desc")]
    [InlineData("", null)]
    [InlineData(" , ", null)]
    [InlineData(null, null)]
    public void Converts_one_string_to_an_order(string? typed, string? sent)
    {
        Assert.Equal(sent, FieldList.ToOrderBy([typed]));
    }

    [Fact]
    public void Joins_several_strings_to_one_order()
    {
        Assert.Equal("state,create_time desc,name", FieldList.ToOrderBy(["State", "CreateTime desc,Name", " ", null]));
    }

    [Fact]
    public void Returns_null_for_an_empty_list()
    {
        Assert.Null(FieldList.ToReadMask(null));
        Assert.Null(FieldList.ToOrderBy(null));
        Assert.Null(FieldList.ToReadMask([]));
        Assert.Null(FieldList.ToOrderBy([]));
    }
}
