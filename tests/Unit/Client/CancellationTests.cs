using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Cancellation ends a request immediately, at every stage, and is not an error.</summary>
public sealed class CancellationTests
{
    // None of the waits below ends by itself: the timeout is an hour.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task Cancels_before_anything_is_sent()
    {
        using var test = new ClientUnderTest(timeout: Never);
        test.Transport.Stall();

        await AssertCanceledAsync(test.ListAsync(new CancellationToken(canceled: true)));

        Assert.True(test.Transport.Requests.Count <= 1);
    }

    [Fact]
    public async Task Cancels_while_waiting_for_the_response()
    {
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        test.Transport.Stall();

        var listing = test.ListAsync(stop.Token);
        await test.Transport.Requested.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();

        await AssertCanceledAsync(listing);
        Assert.Single(test.Transport.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Cancels_while_the_body_stalls(HttpStatusCode status)
    {
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        using var body = new FakeBody("""{"dpoJobs":[""");
        test.Transport.Reply(status, body);

        var listing = test.ListAsync(stop.Token);
        await body.Stalled.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();

        await AssertCanceledAsync(listing);
        Assert.True(body.IsDisposed);
        Assert.Single(test.Transport.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.OK, """{"dpoJobs":[""")]
    [InlineData(HttpStatusCode.BadRequest, "")]
    [InlineData(HttpStatusCode.BadRequest, """{"code":3,"message":"cut""")]
    public async Task Cancels_when_cancellation_looks_like_the_end_of_the_body(HttpStatusCode status, string start)
    {
        // It does in Windows PowerShell, where disposing the response ends a read.
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        using var body = new FakeBody(start) { EndsWhenStopped = true };
        test.Transport.Reply(status, body);

        var listing = test.ListAsync(stop.Token);
        await body.Stalled.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await AssertCanceledAsync(listing);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Cancels_while_waiting_to_retry()
    {
        using var test = new ClientUnderTest(new FakeClock { NeverElapses = true }, Never);
        using var stop = new CancellationTokenSource();
        test.Transport.Json("{}", HttpStatusCode.ServiceUnavailable);

        var listing = test.ListAsync(stop.Token);
        await test.Clock.Requested.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();

        await AssertCanceledAsync(listing);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Cancels_when_the_transport_reports_an_aborted_connection()
    {
        // A handler may report an aborted connection instead of the cancellation.
        using var test = new ClientUnderTest(timeout: Never);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        test.Transport.Fail(new System.Net.Http.HttpRequestException("The connection was aborted."));

        await AssertCanceledAsync(test.ListAsync(stop.Token));
    }

    [Fact]
    public async Task The_system_clock_waits_until_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();

        var waiting = SystemClock.Instance.DelayAsync(Never, stop.Token);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await SystemClock.Instance.DelayAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
    }

    private static async Task AssertCanceledAsync(Task task)
    {
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)
        );
        Assert.True(task.IsCanceled);
        Assert.IsNotType<FwException>(exception, exactMatch: false);
    }
}
