using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Hosting;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Account;

public sealed partial class MadeUpAccountTests
{
    private const int Many = 5000;

    private static readonly MadeUpAccount Account = new(Many, seed: 1, RunningEmulator.Now);

    private static IEnumerable<Job> Jobs => Enumerable.Range(0, Many).Select(i => Account[i]);

    [Fact]
    public void The_same_seed_generates_the_same_jobs()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Jobs.Take(100).Select(job => Json(job, JobSchema.InList))));

        // Other tests and the demo depend on these jobs. A change of the generator or its words changes this hash.
        Assert.Equal("cc0b30cbc1dc087f", Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        Assert.Equal("refusal-deepseek-000000", Account[0].Id);
    }

    [Fact]
    public void A_job_does_not_depend_on_the_number_of_jobs()
    {
        var smaller = new MadeUpAccount(10, seed: 1, RunningEmulator.Now);

        Assert.Equal(Json(Account[9], JobSchema.InList), Json(smaller[9], JobSchema.InList));
    }

    [Fact]
    public void Job_ids_are_unique_and_valid()
    {
        Assert.Equal(Many, Jobs.Select(job => job.Id).Distinct().Count());
        Assert.All(Jobs, job => Assert.Matches(LegalId(), job.Id));
    }

    [Fact]
    public void Finds_a_job_only_by_its_exact_id()
    {
        Assert.All(Jobs, job => Assert.Equal(job.Index, Account.Find(job.Id)?.Index));
        Assert.All(
            ["", "-", "x", "000001", Account[1].Id + "0", Account[1].Id[..^1], "nightly-llama-999999"],
            id => Assert.Null(Account.Find(id))
        );
    }

    [Fact]
    public void Jobs_are_completed_after_their_creation_and_not_in_the_future()
    {
        const long Days180 = 180L * 24 * 3600 * Timestamp.PerSecond;
        foreach (var job in Jobs)
        {
            Assert.InRange(job.CreateTime, Account.Now - Days180 - Timestamp.PerSecond, Account.Now);
            Assert.Equal(job.IsFinished, job.CompletedTime is not null);
            if (job.CompletedTime is { } completed)
            {
                Assert.InRange(completed, job.CreateTime, Account.Now);
            }
        }
    }

    [Fact]
    public void Times_have_0_6_or_9_fraction_digits()
    {
        var lengths = Jobs.Select(job => Timestamp.Format(job.CreateTime).Length).Distinct().Order();

        Assert.Equal([20, 27, 30], lengths);
    }

    [Fact]
    public void Fields_are_sorted_at_every_depth_and_unset_fields_are_sent()
    {
        var job = JsonNode.Parse(Json(Jobs.First(j => j.HasWandb && j.IsDpo), JobSchema.Single))!;

        AssertSorted(job);
        Assert.Equal(JobSchema.Single.Children.Count, job.AsObject().Count);
        Assert.Equal("", (string?)job["awsS3Config"]?["iamRoleArn"] ?? "");
        Assert.Equal(20, job["trainingConfig"]!.AsObject().Count);
    }

    [Fact]
    public void An_unset_message_is_sent_as_null_and_a_job_has_about_one_kilobyte()
    {
        var json = Json(Jobs.First(j => !j.HasAws && !j.HasWandb), JobSchema.InList);

        Assert.Contains("\"awsS3Config\":null", json, StringComparison.Ordinal);
        Assert.Contains("\"wandbConfig\":null", json, StringComparison.Ordinal);
        Assert.InRange(Jobs.Average(j => Json(j, JobSchema.InList).Length), 900, 1400);
    }

    [Fact]
    public void Secrets_of_a_job_can_be_recognized_in_output()
    {
        var enabled = Jobs.First(job => job.WandbEnabled);
        var disabled = Jobs.First(job => job.HasWandb && !job.WandbEnabled);

        Assert.Contains(
            $"\"apiKey\":\"wandb-secret-{enabled.Index}\"",
            Json(enabled, JobSchema.InList),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("secret", Json(disabled, JobSchema.InList), StringComparison.Ordinal);
    }

    [Fact]
    public void Details_of_a_status_are_a_list_with_the_reason_where_there_is_one()
    {
        var cancelled = JsonNode.Parse(Json(Jobs.First(job => job.State == "JOB_STATE_CANCELLED"), JobSchema.InList))!;
        var completed = JsonNode.Parse(Json(Jobs.First(job => job.State == "JOB_STATE_COMPLETED"), JobSchema.InList))!;

        Assert.Equal("CANCELLED", (string?)Assert.Single(cancelled["status"]!["details"]!.AsArray())!["reason"]);
        Assert.Empty(completed["status"]!["details"]!.AsArray());
    }

    private static string Json(Job job, Field schema) =>
        Encoding.UTF8.GetString(JsonResponse.Render(writer => schema.Write(writer, job, FieldMask.All)));

    private static void AssertSorted(JsonNode node)
    {
        if (node is not JsonObject message)
        {
            return;
        }

        var keys = message.Select(pair => pair.Key).ToArray();
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        foreach (var (_, value) in message)
        {
            if (value is not null)
            {
                AssertSorted(value);
            }
        }
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex LegalId();
}
