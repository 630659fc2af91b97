namespace Fireworks.DpoJobs;

/// <summary>Counts the retries of one request, and decides on each next one.</summary>
/// <param name="policy">Decides on retries within the maximum.</param>
/// <param name="maximum">The maximum number of retries.</param>
/// <param name="isRepeatable">Whether the request may be repeated although it may have been executed.</param>
/// <param name="outlastsRestart">Whether retries continue for a while after the maximum if the service seems to restart.</param>
/// <param name="clock">The clock.</param>
internal sealed class RetrySchedule(
    RetryPolicy policy,
    int maximum,
    bool isRepeatable,
    bool outlastsRestart,
    IClock clock
)
{
    private const int TooManyRequests = 429;

    /// <summary>How long a request waits at most for a service that restarts, from its first failure.</summary>
    public static readonly TimeSpan RestartBudget = TimeSpan.FromSeconds(30);

    private readonly GatedRequest _gated = new();
    private DateTimeOffset? _firstFailure;
    private TimeSpan _waited;
    private int _failures;
    private int _rejections;

    /// <summary>Waits until the request may be sent. Every entry needs one call of Exit or Reject.</summary>
    /// <returns>False, without an entry, if no retry is left.</returns>
    public Task<bool> EnterAsync(RequestGate gate, CancellationToken cancellationToken) =>
        gate.EnterAsync(_gated, maximum, cancellationToken);

    /// <summary>Ends the entry of a failed attempt, and describes the retry. Null when the failure is final.</summary>
    public Retry? Fail(RequestGate gate, AttemptException failure)
    {
        if (failure.Advice is { StatusCode: TooManyRequests } advice)
        {
            (var pause, _rejections) = gate.Reject(_gated, used => policy.Delay(_failures + used, advice));
            var used = _failures + Math.Max(0, _rejections - 1);
            if (policy.ShouldRetry(used, isRepeatable, failure))
            {
                return new Retry(pause, _rejections == 0 ? "other requests succeed" : Number(used), IsGated: true);
            }
            gate.Exit(isAccepted: false);
            return null;
        }
        gate.Exit(isAccepted: failure.Advice is not null);
        var retries = _failures + _rejections;
        var delay = policy.Delay(retries, failure.Advice);
        var note = Number(retries);
        _firstFailure ??= clock.UtcNow;
        if (!policy.ShouldRetry(retries, isRepeatable, failure))
        {
            var left = RestartBudget - Max(_waited, clock.UtcNow - _firstFailure.Value);
            if (!outlastsRestart || maximum == 0 || !RetryPolicy.IsOutage(failure) || left <= TimeSpan.Zero)
            {
                return null;
            }
            delay = Max(delay, RetryPolicy.Backoff(retries));
            delay = delay < left ? delay : left;
            note = $"the service may be restarting; giving up in {left.TotalSeconds:0} s";
        }
        _failures++;
        _waited += delay;
        return new Retry(delay, note, IsGated: false);
    }

    private string Number(int retries) => $"retry {retries + 1} of {maximum}";

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;
}

/// <summary>The next attempt of a request.</summary>
/// <param name="Delay">The delay before it.</param>
/// <param name="Note">Why it is made, for the log.</param>
/// <param name="IsGated">Whether the gate delays it, with all other requests.</param>
internal sealed record Retry(TimeSpan Delay, string Note, bool IsGated);
