using System.Linq;
using System.Text.Json.Nodes;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Hosting;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class FieldMaskTests
{
    private static readonly MadeUpAccount Account = new(500, seed: 1, RunningEmulator.Now);

    private static readonly Job WithWandb = Enumerable
        .Range(0, Account.Count)
        .Select(i => Account[i])
        .First(job => job.WandbEnabled);

    private static readonly Job WithoutWandb = Enumerable
        .Range(0, Account.Count)
        .Select(i => Account[i])
        .First(job => !job.HasWandb);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public void An_empty_mask_and_a_star_include_every_field(string mask) =>
        Assert.Equal(JobSchema.InList.Children.Count, Masked(WithWandb, mask).Count);

    [Theory]
    [InlineData("name,create_time")]
    [InlineData("createTime, name")]
    [InlineData("name,name,create_time")]
    public void A_mask_includes_only_its_fields_in_the_order_of_the_schema(string mask) =>
        Assert.Equal(["createTime", "name"], Masked(WithWandb, mask).Select(pair => pair.Key));

    [Theory]
    [InlineData("wandb_config.run_id")]
    [InlineData("wandbConfig.runId")]
    public void A_path_in_a_mask_includes_one_field_of_a_message(string mask)
    {
        var job = Masked(WithWandb, mask);

        Assert.Equal(["wandbConfig"], job.Select(pair => pair.Key));
        Assert.Equal(["runId"], job["wandbConfig"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public void A_mask_with_a_message_and_one_of_its_fields_includes_the_whole_message() =>
        Assert.Equal(6, Masked(WithWandb, "wandb_config.run_id,wandb_config")["wandbConfig"]!.AsObject().Count);

    [Fact]
    public void An_unset_message_in_a_mask_is_sent_as_null()
    {
        var job = Masked(WithoutWandb, "wandb_config.run_id");

        Assert.True(job.ContainsKey("wandbConfig"));
        Assert.Null(job["wandbConfig"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("name,")]
    [InlineData("*,name")]
    [InlineData("name.first")]
    [InlineData("wandb_config.nonsense")]
    [InlineData("Name")]
    public void Rejects_an_unknown_path_in_a_mask(string mask)
    {
        var error = Assert.Throws<ApiException>(() => FieldMask.Parse(JobSchema.InList, mask));

        Assert.Equal((400, 3), (error.Status, error.Code));
    }

    private static JsonObject Masked(Job job, string mask)
    {
        var fields = FieldMask.Parse(JobSchema.InList, mask);
        return JsonNode.Parse(JsonResponse.Render(writer => JobSchema.InList.Write(writer, job, fields)))!.AsObject();
    }
}
