namespace Fireworks.DpoJobs;

/// <summary>Receives the messages of the client, from any thread. They contain no secrets.</summary>
internal interface IClientLog
{
    /// <summary>Receives one line about a request and its response.</summary>
    void Verbose(string message);

    /// <summary>Receives a warning: the command continues, but the user should know.</summary>
    void Warning(string message);

    /// <summary>A request failed and is retried after a delay, which begins now.</summary>
    void RetryWait(string message);

    /// <summary>The delay has ended, or was cancelled.</summary>
    void RetryOver();
}
