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
    public void Empty_and_star_are_everything(string mask) =>
        Assert.Equal(JobSchema.InList.Children.Count, Masked(WithWandb, mask).Count);

    [Theory]
    [InlineData("name,create_time")]
    [InlineData("createTime, name")]
    [InlineData("name,name,create_time")]
    public void Includes_only_the_named_fields_in_the_usual_order(string mask) =>
        Assert.Equal(["createTime", "name"], Masked(WithWandb, mask).Select(pair => pair.Key));

    [Theory]
    [InlineData("wandb_config.run_id")]
    [InlineData("wandbConfig.runId")]
    public void A_path_selects_inside_a_message(string mask)
    {
        var job = Masked(WithWandb, mask);

        Assert.Equal(["wandbConfig"], job.Select(pair => pair.Key));
        Assert.Equal(["runId"], job["wandbConfig"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public void A_whole_message_takes_precedence_over_a_part() =>
        Assert.Equal(6, Masked(WithWandb, "wandb_config.run_id,wandb_config")["wandbConfig"]!.AsObject().Count);

    [Fact]
    public void An_unset_message_is_null()
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
    public void Rejects_an_unknown_path(string mask)
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
