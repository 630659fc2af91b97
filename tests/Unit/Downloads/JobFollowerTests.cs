using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Downloads;

/// <summary>Files that are followed until their jobs end.</summary>
public sealed class JobFollowerTests
{
    [Fact]
    public async Task Lines_are_read_as_they_are_added_and_the_rest_after_the_job_has_ended()
    {
        using var storage = CreateStorage("RUNNING", "RUNNING", "COMPLETED");
        storage.Text = "a\nb";
        var jobs = 0;
        storage.Before = request =>
        {
            if (request == "job")
            {
                storage.Text = ++jobs switch
                {
                    1 => "a\nbb\nc",
                    2 => "a\nbb\ncc\n",
                    _ => "a\nbb\ncc\nd\ne",
                };
            }
        };
        using var follower = Create(storage);

        Assert.Equal(["a", "bb", "cc", "d", "e"], await ReadAsync(follower));
        // Nothing is waited for after the end.
        Assert.Equal([2.0, 4.0], storage.Clock.Delays);
        Assert.Equal(0, follower.Count);
    }

    [Fact]
    public async Task A_job_that_has_ended_is_read_once_without_requesting_it()
    {
        using var storage = new FakeStorage { Text = "a\nb" };
        using var follower = Create(storage, job: new DpoJob { State = JobState.Completed });

        Assert.Equal(["a", "b"], await ReadAsync(follower));
        Assert.Equal(["endpoint", "file 1"], storage.Requests);
    }

    [Fact]
    public async Task An_address_that_expires_is_renewed_while_waiting()
    {
        using var storage = CreateStorage("RUNNING", "RUNNING", "COMPLETED");
        storage.Text = "a\n";
        storage.Before = request =>
        {
            if (request == "job")
            {
                storage.FirstValidAddress++;
                storage.Text += "b\n";
            }
        };
        using var follower = Create(storage);

        Assert.Equal(["a", "b", "b", "b"], await ReadAsync(follower));
        Assert.Empty(storage.Log.Warnings);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_yet_is_waited_for()
    {
        using var storage = CreateStorage("PENDING", "RUNNING", "COMPLETED");
        storage.Before = request =>
        {
            if (request == "job" && storage.Requests.Count(other => other == "job") == 1)
            {
                storage.Text = "a\n";
            }
        };
        using var follower = Create(storage);

        Assert.Equal(["a"], await ReadAsync(follower));
    }

    [Fact]
    public async Task A_job_that_ends_without_a_file_is_reported_as_such()
    {
        using var storage = CreateStorage("PENDING", "COMPLETED");
        using var follower = Create(storage);

        Assert.Equal(["no file"], await ReadAsync(follower));
    }

    [Fact]
    public async Task A_running_job_without_a_log_is_not_waited_for()
    {
        using var storage = CreateStorage("PENDING", "RUNNING");
        using var follower = Create(storage, expectsFile: true);

        Assert.Equal(["no file"], await ReadAsync(follower));
        Assert.Single(storage.Clock.Delays);
    }

    [Theory]
    [InlineData("PAUSED", WaitFailure.Paused)]
    [InlineData("DELETED", WaitFailure.Removed)]
    [InlineData("HIBERNATING", WaitFailure.UnknownState)]
    public async Task A_job_that_may_never_end_is_an_error_after_its_lines(string state, WaitFailure reason)
    {
        using var storage = CreateStorage("RUNNING", state);
        storage.Text = "a\nb";
        using var follower = Create(storage);

        Assert.Equal(["a", "b", $"FwWaitException {reason}"], await ReadAsync(follower));
    }

    [Fact]
    public async Task An_outage_is_one_warning_and_waiting_continues()
    {
        using var storage = CreateStorage("RUNNING", "RUNNING", "RUNNING", "RUNNING", "COMPLETED");
        storage.Text = "a\nb\n";
        storage.Breaks.Enqueue(3);
        foreach (var _ in Enumerable.Range(0, 7))
        {
            storage.Breaks.Enqueue(0);
        }
        using var follower = Create(storage);

        Assert.Equal(["a", "b"], await ReadAsync(follower));
        Assert.Single(storage.Log.Warnings);
        Assert.Contains(storage.Log.Lines, line => line == "The service responds again.");
    }

    [Fact]
    public async Task An_outage_after_the_end_of_the_job_is_an_error_at_last()
    {
        using var storage = CreateStorage("COMPLETED");
        storage.Text = "a\nb\n";
        storage.Breaks.Enqueue(2);
        foreach (var _ in Enumerable.Range(0, 100))
        {
            storage.Breaks.Enqueue(0);
        }
        using var follower = Create(storage, job: new DpoJob { State = JobState.Completed });

        Assert.Equal(["a", "FwConnectionException"], await ReadAsync(follower));
        Assert.Equal(15, storage.Downloads.Count());
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("PAUSED")]
    public async Task A_file_that_can_never_be_read_is_an_error_after_the_end_of_the_job(string state)
    {
        using var storage = CreateStorage("RUNNING", "RUNNING", state);
        storage.Text = "a\n";
        foreach (var _ in Enumerable.Range(0, 100))
        {
            storage.Rejections.Enqueue(503);
        }
        using var follower = Create(storage);

        Assert.Equal(["FwApiException"], await ReadAsync(follower));
        Assert.Equal(3, storage.Requests.Count(request => request == "job"));
        Assert.Single(storage.Log.Warnings);
    }

    [Fact]
    public async Task A_line_that_is_too_long_ends_following_this_job()
    {
        using var storage = CreateStorage("RUNNING");
        storage.Text = "{\"step\":1}\n" + new string('x', 2 * LineReader.MaxLength);
        using var follower = Create(storage, converter: new MetricLineConverter(FakeStorage.Name, storage.Log));

        Assert.Equal(["nightly-1, step 1", "FwResponseException"], await ReadAsync(follower));
    }

    [Fact]
    public async Task Several_jobs_are_followed_in_turn()
    {
        using var storage = CreateStorage("RUNNING", "RUNNING", "COMPLETED");
        storage.Text = "a\n";
        using var follower = new JobFollower(
            storage.Client,
            [CreateJob(storage, null), CreateJob(storage, null)],
            TimeSpan.FromSeconds(7),
            storage.Log,
            TestContext.Current.CancellationToken,
            storage.Clock
        );

        Assert.Equal(["a", "a"], await ReadAsync(follower));
        Assert.Equal([7.0], storage.Clock.Delays);
        Assert.Equal(4, storage.Requests.Count(request => request == "job"));
    }

    [Fact]
    public async Task The_last_lines_are_followed_by_those_that_are_added()
    {
        using var storage = CreateStorage("RUNNING", "COMPLETED");
        storage.Text = "a\nb\nc\n";
        storage.Before = request => storage.Text += request == "job" ? "d\n" : "";
        using var follower = Create(storage, last: 1);

        Assert.Equal(["c", "d", "d"], await ReadAsync(follower));
    }

    private static FakeStorage CreateStorage(params string[] states)
    {
        var storage = new FakeStorage();
        storage.States.Clear();
        foreach (var state in states)
        {
            storage.States.Enqueue(state);
        }
        return storage;
    }

    private static FollowedJob CreateJob(
        FakeStorage storage,
        DpoJob? job,
        int? last = null,
        ILineConverter? converter = null
    )
    {
        converter ??= new LogLineConverter(isRaw: false);
        var lines = new LineReader(
            storage.Client,
            storage.Metrics(),
            converter.DividesLongLines,
            TestContext.Current.CancellationToken
        )
        {
            WarnOfReplacement = storage.Log.Warning,
        };
        return new FollowedJob(FakeStorage.Name, job, new JobReader(lines, converter, last));
    }

    private static JobFollower Create(
        FakeStorage storage,
        DpoJob? job = null,
        int? last = null,
        bool expectsFile = false,
        ILineConverter? converter = null
    ) =>
        new(
            storage.Client,
            [CreateJob(storage, job, last, converter)],
            null,
            storage.Log,
            TestContext.Current.CancellationToken,
            storage.Clock,
            () => 0.5
        )
        {
            ExpectsFileInTraining = expectsFile,
        };

    private static async Task<List<string>> ReadAsync(JobFollower follower)
    {
        var result = new List<string>();
        while (await follower.ReadAsync() is { } next)
        {
            result.AddRange(next.Items.Select(item => item.ToString()!));
            if (next.Failure is { } failure)
            {
                result.Add(failure.GetType().Name + (failure is FwWaitException wait ? $" {wait.Reason}" : ""));
            }
            if (next.HasNoFile)
            {
                result.Add("no file");
            }
        }
        return result;
    }
}
