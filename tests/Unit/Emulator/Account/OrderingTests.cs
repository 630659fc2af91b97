using System;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Account;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed class OrderingTests
{
    private static readonly MadeUpAccount Account = new(1200, seed: 7, RunningEmulator.Now);
    private static readonly JobIndex Index = new(Account);

    private static Job[] ByName => AllJobs().OrderBy(job => job.Name, StringComparer.Ordinal).ToArray();

    [Fact]
    public void Jobs_are_ordered_by_name_by_default() => AssertOrder(ByName, "");

    [Fact]
    public void More_than_a_million_jobs_are_ordered_by_name()
    {
        var large = new MadeUpAccount(1_000_002, seed: 7, RunningEmulator.Now);
        Job[] jobs = [large[1_000_001], large[1_000_000], large[999_999], large[42], large[0]];

        Assert.Equal(
            jobs.OrderBy(job => job.Name, StringComparer.Ordinal).Select(job => job.Index),
            jobs.OrderBy(job => job.NameRank).Select(job => job.Index)
        );
    }

    [Theory]
    [InlineData("name desc")]
    [InlineData(" name   desc ")]
    public void Orders_jobs_by_name_descending(string orderBy) => AssertOrder(ByName.Reverse(), orderBy);

    [Theory]
    [InlineData("create_time desc")]
    [InlineData("createTime desc")]
    public void Orders_by_a_field_in_snake_case_and_in_camel_case(string orderBy) =>
        AssertOrder(ByName.OrderByDescending(job => job.CreateTime), orderBy);

    [Fact]
    public void Orders_by_several_fields_in_turn() =>
        AssertOrder(
            ByName
                .OrderBy(job => job.CreatedBy, StringComparer.Ordinal)
                .ThenByDescending(job => job.LearningRate)
                .ThenBy(job => job.Region, StringComparer.Ordinal),
            "created_by,training_config.learning_rate desc, trainingConfig.region"
        );

    [Fact]
    public void Orders_unset_values_first()
    {
        var sorted = ByName
            .OrderBy(job => job.HasWandb)
            .ThenBy(job => job.HasWandb && job.WandbEnabled)
            .ThenBy(job => job.CompletedTime ?? long.MinValue);

        AssertOrder(sorted, "wandb_config.enabled,completed_time");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("name,")]
    [InlineData("name asc")]
    [InlineData("name desc desc")]
    [InlineData("training_config")]
    [InlineData("training_config.lora_target_modules")]
    [InlineData("training_config.nonsense")]
    [InlineData("name.nonsense")]
    public void Rejects_an_invalid_orderBy_parameter(string orderBy)
    {
        var error = Assert.Throws<ApiException>(() => Index.Select("", orderBy));

        Assert.Equal((400, 3), (error.Status, error.Code));
    }

    private static Job[] AllJobs() => Enumerable.Range(0, Account.Count).Select(i => Account[i]).ToArray();

    private static void AssertOrder(System.Collections.Generic.IEnumerable<Job> expected, string orderBy) =>
        Assert.Equal(expected.Select(job => job.Index), Index.Select("", orderBy));
}
