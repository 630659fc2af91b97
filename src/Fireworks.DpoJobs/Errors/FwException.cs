namespace Fireworks.DpoJobs;

/// <summary>
/// The base of all errors of this module. An error is complete when it is thrown and does not change afterwards. Its message
/// contains no secret.
/// </summary>
public abstract class FwException : Exception
{
    private string _message;

    // No inner exceptions: those of the transport and of the JSON reader quote untrusted text unchanged.
    private protected FwException(string message, string? request = null, int retries = 0)
    {
        Request = request;
        Retries = retries;
        var attempts = retries == 0 ? "" : $" Failed after {retries + 1} attempts.";
        _message = request is null ? message : $"{message}{attempts} Request: {request}.";
    }

    /// <summary>
    /// The request that failed, for example <c>GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs?pageSize=200</c>. Null when
    /// the error is not about one request.
    /// </summary>
    public string? Request { get; }

    /// <summary>How often the request was retried before this error was reported. 0 when it was sent once, or not at all.</summary>
    public int Retries { get; }

    /// <summary>
    /// For a listing: the token of the page that could not be retrieved. Everything before that page has been written;
    /// <c>-PageToken</c> with otherwise the same parameters continues from there. Null for the first page, for a single job, and
    /// for a listing that was read in parallel: the message describes how to continue that one.
    /// </summary>
    public string? PageToken { get; private set; }

    /// <summary>The cause, the request, and how to continue where that is possible.</summary>
    public override string Message => _message;

    /// <summary>Whether the service may have executed the request, although it did not confirm it.</summary>
    internal bool MayHaveTakenEffect { get; private set; }

    /// <summary>
    /// Whether the failure may pass by itself: that of the network, of the service, or of a proxy that responds in its place.
    /// </summary>
    internal bool IsOutage =>
        this
            is FwConnectionException
                or FwTimeoutException
                or FwResponseException
                or FwApiException { StatusCode: 408 or 409 or 429 or >= 500 and not 501 };

    /// <summary>Whether every other request would fail too, because the key, the account or the address cannot be used.</summary>
    internal bool AffectsEveryRequest => this is FwConfigurationException or FwApiException { IsKeyRejected: true };

    /// <summary>Creates a copy of this error for which <see cref="MayHaveTakenEffect"/> is true.</summary>
    internal FwException WithPossibleEffect()
    {
        var copy = (FwException)MemberwiseClone();
        copy.MayHaveTakenEffect = true;
        return copy;
    }

    /// <summary>Creates a copy of this error, of the same type, whose message has a note at its end.</summary>
    /// <param name="note">The note. It is separated by a space unless it starts with white space.</param>
    /// <param name="pageToken">The page token of the copy. Null to keep the present one.</param>
    internal FwException Append(string note, string? pageToken = null)
    {
        var copy = (FwException)MemberwiseClone();
        copy._message = note.Length == 0 || char.IsWhiteSpace(note[0]) ? _message + note : $"{_message} {note}";
        copy.PageToken = pageToken ?? PageToken;
        return copy;
    }
}

/// <summary>
/// The API key, the account or the address cannot be used. Nothing was sent, unless the account of the key had to be looked up.
/// </summary>
public sealed class FwConfigurationException : FwException
{
    internal FwConfigurationException(string message)
        : base(message) { }
}

/// <summary>A string is neither the ID nor the full name of a job. Nothing was sent.</summary>
public sealed class FwInvalidJobIdException : FwException
{
    internal FwInvalidJobIdException(string message)
        : base(message) { }
}

/// <summary>A script block for -Filter would fail for every job. Nothing was sent.</summary>
public sealed class FwInvalidFilterException : FwException
{
    internal FwInvalidFilterException(string message)
        : base(message) { }
}

/// <summary>
/// The values of parameters cannot be used, for example because two contradict each other or one is too long. Nothing was sent.
/// </summary>
public sealed class FwParameterException : FwException
{
    internal FwParameterException(string message, string? request = null)
        : base(message, request) { }
}

/// <summary>A file could not be written. It has its old content, or still does not exist.</summary>
public sealed class FwFileException : FwException
{
    internal FwFileException(string message)
        : base(message) { }

    /// <summary>Whether the reason is that the file exists and must not be overwritten.</summary>
    internal bool IsExisting { get; init; }
}

/// <summary>The service sent no address of a trainer log.</summary>
public sealed class FwLogUnavailableException : FwException
{
    internal FwLogUnavailableException(string message)
        : base(message) { }
}

/// <summary>The service could not be reached, or the connection broke before the response was complete.</summary>
public sealed class FwConnectionException : FwException
{
    internal FwConnectionException(string message, string? request = null, int retries = 0)
        : base(message, request, retries) { }
}

/// <summary>The response was not complete within the timeout of one attempt.</summary>
public sealed class FwTimeoutException : FwException
{
    internal FwTimeoutException(string message, TimeSpan timeout, string? request = null, int retries = 0)
        : base(message, request, retries) => Timeout = timeout;

    /// <summary>The timeout of one attempt.</summary>
    public TimeSpan Timeout { get; }
}

/// <summary>The response is not one of this API: not JSON, of the wrong form, too large, or part of an endless listing.</summary>
public sealed class FwResponseException : FwException
{
    internal FwResponseException(string message, string? request = null, int retries = 0)
        : base(message, request, retries) { }

    /// <summary>Whether the response is larger than the module reads.</summary>
    internal bool IsTooLarge { get; init; }
}

/// <summary>Waiting for a job ended before the job reached the state that was waited for.</summary>
public sealed class FwWaitException : FwException
{
    internal FwWaitException(WaitFailure reason, string message, DpoJob? job = null)
        : base(message)
    {
        Reason = reason;
        Job = job;
    }

    /// <summary>Why waiting ended.</summary>
    public WaitFailure Reason { get; }

    /// <summary>
    /// The job as it was last seen. From a listing, it has only the name, the display name, the state and the creation time.
    /// Null when it was not seen.
    /// </summary>
    public DpoJob? Job { get; }
}

/// <summary>Why waiting for a job ended.</summary>
public enum WaitFailure
{
    /// <summary>The time limit was reached.</summary>
    Timeout,

    /// <summary>The job is paused, so it may never continue.</summary>
    Paused,

    /// <summary>The service reports no state, or one that this version of the module does not know.</summary>
    UnknownState,

    /// <summary>The job was deleted or no longer exists.</summary>
    Removed,

    /// <summary>The job ended in a state other than those that were waited for.</summary>
    OtherState,
}
