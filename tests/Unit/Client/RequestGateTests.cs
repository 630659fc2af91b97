using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>The pace of the requests of one connection after a 429.</summary>
public sealed class RequestGateTests
{
    private const int MaximumRetryCount = 2;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(4);

    private readonly VirtualClock _clock = new();
    private readonly RequestGate _gate;

    public RequestGateTests() => _gate = new RequestGate(_clock);

    [Fact]
    public async Task Does_not_limit_requests_before_the_first_rejection()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(await EnterAsync(new GatedRequest()));
        }

        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
        Assert.Equal(int.MaxValue, _gate.Limit);
    }

    [Fact]
    public async Task After_a_rejection_all_requests_wait_for_the_same_moment_and_one_is_sent()
    {
        var sent = await EnterManyAsync(8);
        _gate.Reject(sent[0], _ => Delay);
        _gate.Exit(isAccepted: false);
        foreach (var _ in sent.Skip(2))
        {
            _gate.Exit(isAccepted: false);
        }

        var again = EnterAsync(sent[0]);
        var others = Enumerable.Range(0, 5).Select(_ => EnterAsync(new GatedRequest())).ToList();
        Assert.True(await _clock.RunAsync(again));

        Assert.Equal(Delay, _clock.Elapsed);
        Assert.All(others, other => Assert.False(other.IsCompleted));
    }

    [Fact]
    public async Task After_a_success_half_as_many_requests_run_in_parallel()
    {
        var sent = await EnterManyAsync(8);
        _gate.Reject(sent[0], _ => Delay);
        foreach (var _ in sent.Skip(1))
        {
            _gate.Exit(isAccepted: false);
        }
        await _clock.RunAsync(EnterAsync(sent[0]));
        var others = Enumerable.Range(0, 9).Select(_ => EnterAsync(new GatedRequest())).ToList();

        _gate.Exit(isAccepted: true);

        Assert.Equal(4, _gate.Limit);
        Assert.Equal(4, others.Count(other => other.IsCompleted));
    }

    [Fact]
    public async Task Rejections_of_requests_that_were_in_flight_together_count_once()
    {
        var sent = await EnterManyAsync(8);
        foreach (var request in sent)
        {
            var (_, retries) = _gate.Reject(request, _ => Delay);
            Assert.Equal(1, retries);
        }

        var entries = sent.Select(EnterAsync).ToList();
        var first = await _clock.RunAsync(Task.WhenAny(entries));
        Assert.True(await first);
        _ = Assert.Single(entries, entry => entry.IsCompleted);
        _gate.Exit(isAccepted: true);

        Assert.Equal(4, _gate.Limit);
    }

    [Fact]
    public async Task A_rejection_uses_no_retry_while_other_requests_succeed()
    {
        var other = new GatedRequest();
        var unlucky = new GatedRequest();
        for (var i = 0; i < 10; i++)
        {
            await _clock.RunAsync(EnterAsync(unlucky));
            var (_, retries) = _gate.Reject(unlucky, _ => Delay);
            Assert.Equal(1, retries);
            var again = EnterAsync(unlucky);
            Assert.True(await _clock.RunAsync(again));
            _gate.Exit(isAccepted: false);
            await _clock.RunAsync(EnterAsync(other));
            _gate.Exit(isAccepted: true);
        }
    }

    [Fact]
    public async Task A_request_is_not_rejected_forever_although_others_succeed()
    {
        var unlucky = new GatedRequest();
        var isEntered = true;
        for (var i = 0; i < 100 && isEntered; i++)
        {
            isEntered = await _clock.RunAsync(EnterAsync(unlucky));
            if (isEntered)
            {
                _gate.Reject(unlucky, _ => Delay);
                Assert.InRange(i, 0, 20);
            }
        }

        Assert.False(isEntered);
    }

    [Fact]
    public async Task Requests_that_wait_give_up_together_when_no_request_succeeds()
    {
        var sent = await EnterManyAsync(8);
        foreach (var request in sent)
        {
            _gate.Reject(request, _ => Delay);
        }
        var entries = sent.ToDictionary(request => request, EnterAsync);
        var attempts = 0;
        while (entries.Count > 0)
        {
            var next = await _clock.RunAsync(Task.WhenAny(entries.Values));
            var request = entries.First(pair => pair.Value == next).Key;
            entries.Remove(request);
            if (await next)
            {
                attempts++;
                _gate.Reject(request, _ => Delay);
                entries[request] = EnterAsync(request);
            }
        }

        Assert.Equal(MaximumRetryCount, attempts);
    }

    [Fact]
    public async Task Forgets_a_rejection_after_a_minute()
    {
        var request = new GatedRequest();
        await EnterAsync(request);
        _gate.Reject(request, _ => Delay);
        await _clock.RunAsync(EnterAsync(request));
        _gate.Exit(isAccepted: true);
        Assert.Equal(1, _gate.Limit);

        await _clock.RunAsync(WaitAsync(TimeSpan.FromSeconds(61)));

        Assert.Equal(int.MaxValue, _gate.Limit);
    }

    [Fact]
    public async Task A_cancelled_request_does_not_keep_others_waiting()
    {
        using var stop = new CancellationTokenSource();
        var request = new GatedRequest();
        await EnterAsync(request);
        _gate.Reject(request, _ => Delay);
        var first = _gate.EnterAsync(request, MaximumRetryCount, stop.Token);
        var second = _gate.EnterAsync(new GatedRequest(), MaximumRetryCount, stop.Token);
        var third = EnterAsync(new GatedRequest());

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.True(await _clock.RunAsync(third));
        Assert.Equal(Delay, _clock.Elapsed);
    }

    [Fact]
    public void Connections_with_the_same_key_and_address_share_a_gate()
    {
        Assert.Same(RequestGate.Of(Connection("fw_one-key", "a")), RequestGate.Of(Connection("fw_one-key", "a")));
        Assert.NotSame(RequestGate.Of(Connection("fw_one-key", "a")), RequestGate.Of(Connection("fw_other-key", "a")));
        Assert.NotSame(RequestGate.Of(Connection("fw_one-key", "a")), RequestGate.Of(Connection("fw_one-key", "b")));
    }

    private static FwConnection Connection(string key, string host) =>
        new(new Uri($"https://{host}.example/"), new ApiKey(key, "the test"));

    private Task<bool> EnterAsync(GatedRequest request) =>
        _gate.EnterAsync(request, MaximumRetryCount, TestContext.Current.CancellationToken);

    private async Task<List<GatedRequest>> EnterManyAsync(int count)
    {
        var requests = Enumerable.Range(0, count).Select(_ => new GatedRequest()).ToList();
        foreach (var request in requests)
        {
            Assert.True(await EnterAsync(request));
        }
        return requests;
    }

    private async Task<bool> WaitAsync(TimeSpan delay)
    {
        await _clock.DelayAsync(delay, TestContext.Current.CancellationToken);
        return true;
    }
}
