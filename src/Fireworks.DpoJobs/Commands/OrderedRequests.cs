using System.Diagnostics;

namespace Fireworks.DpoJobs;

/// <summary>Requests that run in parallel and whose results are taken in order. Only for one thread.</summary>
/// <param name="limit">The maximum number of requests in parallel.</param>
internal sealed class OrderedRequests<T>(int limit)
{
    private readonly Queue<(Task<T> Result, string Target)> _requests = new();
    private long _lastInputEnd;
    private long _duration;

    /// <summary>The maximum number of requests in parallel.</summary>
    public int Limit => limit;

    public bool IsEmpty => _requests.Count == 0;

    /// <summary>Whether input arrives faster than responses, so that requests can overlap.</summary>
    public bool IsInputFaster { get; private set; }

    /// <summary>Whether the oldest result must be taken before the next request, or can be taken without waiting.</summary>
    public bool IsResultDue => _requests.Count >= limit || (!IsEmpty && _requests.Peek().Result.IsCompleted);

    /// <summary>Starts a request.</summary>
    /// <param name="send">Sends the request.</param>
    /// <param name="target">The job or file that an error refers to.</param>
    public void Start(Func<Task<T>> send, string target)
    {
        var result = MeasureAsync(send);
        // After a stop, it is not taken.
        result.Observe();
        _requests.Enqueue((result, target));
    }

    /// <summary>Removes the oldest request.</summary>
    public (Task<T> Result, string Target) Take() => _requests.Dequeue();

    /// <summary>To be called when input arrives. Measures how long it took.</summary>
    public void BeginInput() =>
        IsInputFaster =
            _lastInputEnd != 0 && Stopwatch.GetTimestamp() - _lastInputEnd < Interlocked.Read(ref _duration);

    /// <summary>To be called when input has been processed.</summary>
    public void EndInput() => _lastInputEnd = Stopwatch.GetTimestamp();

    private async Task<T> MeasureAsync(Func<Task<T>> send)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await send().ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Exchange(ref _duration, Stopwatch.GetTimestamp() - start);
        }
    }
}
