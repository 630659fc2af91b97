namespace Fireworks.DpoJobs.Client;

/// <summary>Takes what the client has to say, from any thread. Nothing secret reaches it.</summary>
internal interface IClientLog
{
    /// <summary>One line about a request, a retry or an answer.</summary>
    void Verbose(string message);
}
