using System;

namespace Fireworks.DpoJobs.Client;

/// <summary>A request to the service that did not give what was asked for. Its text never holds a secret.</summary>
public abstract class FwException : Exception
{
    private int? _pageSize;

    private protected FwException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>The request, for example <c>GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs?pageSize=200</c>.</summary>
    public string Request { get; internal set; } = "";

    /// <summary>How often the request was tried again before this error was reported. 0 when it was not.</summary>
    public int Retries { get; internal set; }

    /// <summary>
    /// For a listing that failed after its first page: the token of the page that is missing. Everything before it has
    /// been written; <c>-PageToken</c> with the same other parameters goes on from there. Null otherwise.
    /// </summary>
    public string? PageToken { get; private set; }

    /// <summary>What went wrong, on which request, and how to go on where that is possible.</summary>
    public override string Message
    {
        get
        {
            var tries = Retries == 0 ? "" : $" (tried {Retries + 1} times)";
            var text = $"{base.Message}{tries} Request: {Request}.";
            return PageToken is null
                ? text
                : $"{text} Everything before this page has been written. To go on: the same command with -PageToken {PageTokenText.Quote(PageToken)}"
                    + (_pageSize is { } size ? $" -PageSize {size}." : ".");
        }
    }

    /// <summary>What the service said about trying again. Null when there was no answer.</summary>
    internal RetryAdvice? Advice { get; set; }

    /// <summary>Says from where the listing can be taken up again.</summary>
    internal void SetResumePoint(string pageToken, int? pageSize)
    {
        PageToken = pageToken;
        _pageSize = pageSize;
    }
}
