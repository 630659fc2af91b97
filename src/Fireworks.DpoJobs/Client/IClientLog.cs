namespace Fireworks.DpoJobs;

/// <summary>Takes what the client has to say, from any thread. Nothing secret reaches it.</summary>
internal interface IClientLog
{
    /// <summary>One line about a request and its answer.</summary>
    void Verbose(string message);

    /// <summary>Something that the user should know, although it works.</summary>
    void Warning(string message);

    /// <summary>A request failed and is tried again after a wait, which begins now.</summary>
    void RetryWait(string message);

    /// <summary>The wait is over, or was ended.</summary>
    void RetryOver();
}
