using System;

namespace Fireworks.DpoJobs;

/// <summary>
/// Which job a user means: an id (<c>nightly-1</c>), a full name (<c>accounts/acme/dpoJobs/nightly-1</c>), or a job
/// that another call wrote.
/// </summary>
public sealed class DpoJobReference
{
    private readonly string _text;

    /// <summary>Refers to a job by its id or full name. The text is checked when the job is asked for.</summary>
    /// <param name="idOrName">An id or a full resource name.</param>
    public DpoJobReference(string? idOrName) => _text = idOrName ?? "";

    /// <summary>Refers to a job by its full name, so that the job's own account is the one that is asked.</summary>
    /// <param name="job">A job.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public DpoJobReference(DpoJob job) =>
        _text = job?.Name ?? (job is null ? throw new ArgumentNullException(nameof(job)) : "");

    /// <summary>The name to ask for.</summary>
    /// <param name="findAccount">Finds the account of a mere id; a full name has its own. Called only when the id is valid.</param>
    /// <exception cref="FwInvalidJobIdException">The text is neither an id nor a full name.</exception>
    internal ResourceName Resolve(Func<string> findAccount)
    {
        if (_text.Length == 0)
        {
            throw new FwInvalidJobIdException(
                "A job's id is empty. A job from a listing whose read mask leaves out Name has none."
            );
        }
        if (ResourceName.Parse(_text, ResourceName.DpoJobs) is not var (account, id))
        {
            throw new FwInvalidJobIdException(
                $"'{ControlCharacters.MakeVisible(_text)}' is neither a job's id nor its full name. An id is {ResourceName.IdRule}; "
                    + "a full name is accounts/<account>/dpoJobs/<id>."
            );
        }
        return new ResourceName(account ?? findAccount(), ResourceName.DpoJobs, id);
    }

    /// <summary>The text as it was given.</summary>
    /// <returns>An id, a full name, or whatever else was given.</returns>
    public override string ToString() => _text;
}
