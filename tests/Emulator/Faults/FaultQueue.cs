using System.Collections.Generic;
using System.Threading;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>The canned answers that wait: each request takes the first one that answers its path.</summary>
internal sealed class FaultQueue
{
    private readonly Lock _lock = new();
    private readonly List<(CannedResponse Response, int Left)> _waiting = [];

    /// <summary>How many requests will still be answered from here.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                var count = 0;
                foreach (var (_, left) in _waiting)
                {
                    count += left;
                }

                return count;
            }
        }
    }

    /// <exception cref="InvalidResponseException">One of them cannot be given; none was added.</exception>
    public void Add(IReadOnlyList<CannedResponse> responses)
    {
        foreach (var response in responses)
        {
            response.Check();
        }

        lock (_lock)
        {
            foreach (var response in responses)
            {
                _waiting.Add((response, response.Repeat));
            }
        }
    }

    public CannedResponse? TryTake(string path)
    {
        lock (_lock)
        {
            var at = _waiting.FindIndex(entry => entry.Response.Answers(path));
            if (at < 0)
            {
                return null;
            }

            var (response, left) = _waiting[at];
            if (left == 1)
            {
                _waiting.RemoveAt(at);
            }
            else
            {
                _waiting[at] = (response, left - 1);
            }

            return response;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }
    }
}
