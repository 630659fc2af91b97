using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A user's stop ends a request at once, at every stage, and is not an error.</summary>
public sealed class CancellationTests
{
    // None of the waits below would end by itself: the client's own timeout is an hour.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task Before_anything_is_sent()
    {
        using var test = new ClientUnderTest(timeout: Never);
        test.Transport.Stall();

        await AssertStopsAsync(test.ListAsync(new CancellationToken(canceled: true)));

        Assert.True(test.Transport.Requests.Count <= 1);
    }

    [Fact]
    public async Task While_waiting_for_the_answer()
    {
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        test.Transport.Stall();

        var listing = test.ListAsync(stop.Token);
        await test.Transport.Asked.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();

        await AssertStopsAsync(listing);
        Assert.Single(test.Transport.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task While_the_body_stalls(HttpStatusCode status)
    {
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        using var body = new FakeBody("""{"dpoJobs":[""");
        test.Transport.Reply(status, body);

        var listing = test.ListAsync(stop.Token);
        await body.Stalled.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();

        await AssertStopsAsync(listing);
        Assert.True(body.IsDisposed);
        Assert.Single(test.Transport.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.OK, """{"dpoJobs":[""")]
    [InlineData(HttpStatusCode.BadRequest, "")]
    [InlineData(HttpStatusCode.BadRequest, """{"code":3,"message":"cut""")]
    public async Task When_the_stop_looks_like_the_end_of_the_body(HttpStatusCode status, string start)
    {
        // So it does in Windows PowerShell, where closing the answer is what ends a read.
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        using var body = new FakeBody(start) { EndsWhenStopped = true };
        test.Transport.Reply(status, body);

        var listing = test.ListAsync(stop.Token);
        await body.Stalled.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await AssertStopsAsync(listing);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task While_waiting_to_try_again()
    {
        using var test = new ClientUnderTest(new FakeClock { NeverElapses = true }, Never);
        using var stop = new CancellationTokenSource();
        test.Transport.Json("{}", HttpStatusCode.ServiceUnavailable);

        var listing = test.ListAsync(stop.Token);
        await test.Clock.Asked.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();

        await AssertStopsAsync(listing);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task When_the_transport_answers_the_stop_with_an_error_of_its_own()
    {
        // A handler may report an aborted connection instead of the cancellation.
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        test.Transport.Fail(new System.Net.Http.HttpRequestException("The connection was aborted."));

        await AssertStopsAsync(test.ListAsync(stop.Token));
    }

    [Fact]
    public async Task The_machines_clock_waits_and_heeds_a_stop()
    {
        using var stop = new CancellationTokenSource();

        var waiting = SystemClock.Instance.DelayAsync(Never, stop.Token);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await SystemClock.Instance.DelayAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
    }

    private static async Task AssertStopsAsync(Task task)
    {
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)
        );
        Assert.True(task.IsCanceled);
        Assert.IsNotType<FwException>(exception, exactMatch: false);
    }
}
