using System;

namespace Fireworks.DpoJobs.Client;

/// <summary>A request to the service that did not give what was asked for. Its text never holds a secret.</summary>
public abstract class FwException : Exception
{
    private string _resumeHint = "";

    // No inner exceptions: those of the transport and of the JSON reader quote what came from outside as it came.
    private protected FwException(string message)
        : base(message) { }

    /// <summary>The request, for example <c>GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs?pageSize=200</c>.</summary>
    public string Request { get; internal set; } = "";

    /// <summary>How often the request was tried again before this error was reported. 0 when it was not.</summary>
    public int Retries { get; internal set; }

    /// <summary>
    /// For a listing: the token of the page that is missing. Everything before that page has been written;
    /// <c>-PageToken</c> with the same other parameters goes on from there. Null for the first page, and for a single job.
    /// </summary>
    public string? PageToken { get; private set; }

    /// <summary>What went wrong, on which request, and how to go on where that is possible.</summary>
    public override string Message
    {
        get
        {
            var tries = Retries == 0 ? "" : $" (tried {Retries + 1} times)";
            return $"{base.Message}{tries} Request: {Request}.{_resumeHint}";
        }
    }

    /// <summary>What the service said about trying again. Null when there was no answer.</summary>
    internal RetryAdvice? Advice { get; set; }

    /// <summary>Says from where the listing can be taken up again.</summary>
    /// <param name="pageToken">The token of the page that is missing.</param>
    /// <param name="pageSize">The page size that belongs to the token. Null for the service's default.</param>
    /// <param name="remaining">How many jobs are still wanted. Null for all.</param>
    /// <param name="isFirst">Whether it was the first page that was asked for: then the user has the token already.</param>
    internal void SetResumePoint(string pageToken, int? pageSize, long? remaining, bool isFirst)
    {
        PageToken = pageToken;
        _resumeHint = isFirst
            ? ""
            : " Everything before this page has been written. To go on: the same command with "
                + $"-PageToken {PageTokenText.Quote(pageToken)}{(pageSize is { } size ? $" -PageSize {size}" : "")}"
                + $"{(remaining is { } jobs ? $" -First {jobs}" : "")}.";
    }
}
