using System.Collections.Concurrent;

namespace Fireworks.DpoJobs;

/// <summary>
/// Paces the requests of one API key to one address, for all commands of the process together, so that requests in parallel
/// complete wherever requests one after another do. After a 429, all requests wait for the same moment. Then one is sent, and
/// once one has succeeded, half as many in parallel as before; each success raises that number a little (additive increase,
/// multiplicative decrease, as in TCP). A minute after the last 429, there is no limit.
/// </summary>
internal sealed class RequestGate(IClock clock)
{
    // A request may be rejected although others succeed, but not forever.
    private const int MaxRejections = 20;

    // Every 32 successes allow one more request in parallel. More would reach the limit again too soon.
    private const double Growth = 1.0 / 32;

    private static readonly TimeSpan LimitDuration = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<string, RequestGate> Known = new();

    private readonly object _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private double _limit = double.PositiveInfinity;
    private int _inFlight;

    // A round is one series of rejections: those of requests that were in flight at the same time.
    private int _round;
    private int _lastRoundWithSuccess;
    private DateTimeOffset _lastRejection;
    private DateTimeOffset _notBefore;

    /// <summary>The gate of a connection.</summary>
    public static RequestGate Of(FwConnection connection) =>
        Known.GetOrAdd(connection.Key, _ => new RequestGate(SystemClock.Instance));

    /// <summary>The number of requests that may be in flight at the same time, at least 1.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return LimitNow();
            }
        }
    }

    /// <summary>Waits until the request may be sent. Every entry needs one call of <see cref="Exit"/>.</summary>
    /// <returns>False, without an entry, if the request was rejected before and has no retry left.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<bool> EnterAsync(GatedRequest request, int maximumRetryCount, CancellationToken cancellationToken)
    {
        var waitedUntil = DateTimeOffset.MinValue;
        while (true)
        {
            if (!request.IsInside)
            {
                await AcquireAsync(isFirst: request.Rejections > 0, cancellationToken).ConfigureAwait(false);
            }
            request.IsInside = false;
            while (true)
            {
                TimeSpan wait;
                lock (_lock)
                {
                    if (request.Rejections > 0 && RetriesOf(request) > maximumRetryCount)
                    {
                        break;
                    }
                    wait = _notBefore > waitedUntil ? _notBefore - clock.UtcNow : TimeSpan.Zero;
                    if (wait <= TimeSpan.Zero)
                    {
                        if (_inFlight > LimitNow())
                        {
                            break;
                        }
                        request.Round = _round;
                        request.FirstRound ??= _round;
                        return true;
                    }
                    waitedUntil = _notBefore;
                }
                try
                {
                    await clock.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
                }
                catch
                {
                    Release();
                    throw;
                }
            }
            Release();
            if (request.Rejections > 0 && RetriesOf(request) > maximumRetryCount)
            {
                return false;
            }
        }
    }

    /// <summary>Ends an entry.</summary>
    /// <param name="isAccepted">Whether the service responded, with anything but a 429.</param>
    public void Exit(bool isAccepted)
    {
        lock (_lock)
        {
            if (isAccepted)
            {
                _lastRoundWithSuccess = _round;
                _limit += Growth / _limit;
            }
        }
        Release();
    }

    /// <summary>Records a 429. The request keeps its place until it enters again, or exits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="delay">Returns the delay before the next request, after a number of retries.</param>
    /// <returns>The delay, and the number of retries used, this one included.</returns>
    public (TimeSpan Delay, int Retries) Reject(GatedRequest request, Func<int, TimeSpan> delay)
    {
        lock (_lock)
        {
            var now = clock.UtcNow;
            request.Rejections++;
            if (request.Round == _round)
            {
                _limit = Math.Max(1, Math.Min(LimitNow(), _inFlight) / 2.0);
                _round++;
            }
            _lastRejection = now;
            var retries = RetriesOf(request);
            var wait = delay(Math.Max(0, retries - 1));
            _notBefore = _notBefore > now + wait ? _notBefore : now + wait;
            request.IsInside = true;
            return (wait, retries);
        }
    }

    // While other requests succeed, a rejection uses no retry.
    private int RetriesOf(GatedRequest request) =>
        request.Rejections > MaxRejections
            ? int.MaxValue / 2
            : _round - Math.Max(request.FirstRound ?? _round, _lastRoundWithSuccess);

    private int LimitNow()
    {
        if (_round > _lastRoundWithSuccess)
        {
            return 1;
        }
        if (clock.UtcNow - _lastRejection > LimitDuration)
        {
            _limit = double.PositiveInfinity;
        }
        return (int)Math.Min(_limit, int.MaxValue);
    }

    private async Task AcquireAsync(bool isFirst, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            if (_inFlight < LimitNow() && (isFirst || _waiting.Count == 0))
            {
                _inFlight++;
                return;
            }
            turn = new TaskCompletionSource<bool>();
            _ = isFirst ? _waiting.AddFirst(turn) : _waiting.AddLast(turn);
        }
        using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
        {
            await turn.Task.ConfigureAwait(false);
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _inFlight--;
        }
        while (true)
        {
            TaskCompletionSource<bool> next;
            lock (_lock)
            {
                if (_waiting.First is not { } first || _inFlight >= LimitNow())
                {
                    return;
                }
                _waiting.RemoveFirst();
                _inFlight++;
                next = first.Value;
            }
            // Outside of the lock, because it continues that request. One that was cancelled does not use its turn.
            if (!next.TrySetResult(true))
            {
                lock (_lock)
                {
                    _inFlight--;
                }
            }
        }
    }
}

/// <summary>The state of a request in the gate, between its attempts.</summary>
internal sealed class GatedRequest
{
    /// <summary>How often it was rejected with 429.</summary>
    public int Rejections { get; set; }

    /// <summary>Whether it keeps its place between two attempts.</summary>
    public bool IsInside { get; set; }

    /// <summary>The round in which it was sent last.</summary>
    public int Round { get; set; }

    /// <summary>The round in which it was sent first. Null before that.</summary>
    public int? FirstRound { get; set; }
}
