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

    /// <summary>What went wrong, with which request, and how to continue where that is possible.</summary>
    public override string Message => _message;

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
