using System;

namespace Fireworks.DpoJobs;

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
    /// <c>-PageToken</c> with the same other parameters goes on from there. Null for the first page, for a single job, and for
    /// a listing that was read in ranges side by side: the message says how that one goes on.
    /// </summary>
    public string? PageToken => ResumePoint?.PageToken;

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

    /// <summary>From where the listing can be taken up again. Null where it failed on its first page, and for a single job.</summary>
    internal ResumePoint? ResumePoint { get; private set; }

    /// <summary>Says from where the listing can be taken up again.</summary>
    /// <param name="point">The place.</param>
    /// <param name="isKnown">Whether the user named it: then the message need not tell it.</param>
    internal void SetResumePoint(ResumePoint point, bool isKnown)
    {
        ResumePoint = point;
        _resumeHint = isKnown
            ? ""
            : $" Everything before this page has been written. To go on: the same command with {point}.";
    }
}
