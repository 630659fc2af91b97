using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// The job that a user means: by its ID (<c>nightly-1</c>) or its full name (<c>accounts/acme/dpoJobs/nightly-1</c>).
/// </summary>
public sealed class DpoJobReference
{
    private readonly string _text;

    /// <summary>Refers to a job by its ID or full name, which is checked when the job is requested.</summary>
    /// <param name="idOrName">An ID or a full resource name.</param>
    public DpoJobReference(string? idOrName) => _text = idOrName ?? "";

    /// <summary>Refers to a job by its full name, so that the request goes to the account of the job.</summary>
    /// <param name="job">A job.</param>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    public DpoJobReference(DpoJob job) => _text = (job ?? throw new ArgumentNullException(nameof(job))).Name ?? "";

    /// <summary>Returns the full name of the job. Finds the account only for a valid ID without one.</summary>
    /// <exception cref="FwInvalidJobIdException">The text is neither an ID nor a full name.</exception>
    internal ResourceName Resolve(Func<string> findAccount)
    {
        if (_text.Length == 0)
        {
            throw new FwInvalidJobIdException(
                "The job ID is empty. A job has no ID when the read mask of its listing excludes Name."
            );
        }
        if (ResourceName.Parse(_text, ResourceName.DpoJobs) is not var (account, id))
        {
            throw new FwInvalidJobIdException(
                $"'{ControlCharacters.MakeVisible(_text)}' is neither a job ID nor the full name of a job. An ID is {ResourceName.IdRule}; "
                    + "a full name is accounts/<account>/dpoJobs/<id>."
            );
        }
        return new ResourceName(account ?? findAccount(), ResourceName.DpoJobs, id);
    }

    /// <summary>Returns the ID or the full name.</summary>
    /// <returns>The text as typed, even when it is not valid.</returns>
    public override string ToString() => _text;
}

/// <summary>
/// Converts to <see cref="DpoJobReference"/>: a job, an ID, a full name, or an object with the properties of a job, such as a
/// row of a CSV file or a deserialized job. A full name takes precedence over an ID, so that the request goes to the account
/// of the job.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DpoJobReferenceAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ArgumentValue.Transform(inputData, item => Find(item) ?? item);

    // Null leaves the conversion, or its error, to PowerShell.
    private static DpoJobReference? Find(object? item) =>
        ArgumentValue.Unwrap(item) switch
        {
            DpoJobReference reference => reference,
            DpoJob job => new DpoJobReference(job),
            string text => new DpoJobReference(text),
            null => null,
            _ => FromProperties(PSObject.AsPSObject(item)),
        };

    private static DpoJobReference? FromProperties(PSObject row)
    {
        if (Value(row, "Name") is { } name && ResourceName.FindId(name, ResourceName.DpoJobs) is not null)
        {
            return new DpoJobReference(name);
        }
        var id = Value(row, "Id");
        return id is null ? null
            : Value(row, "AccountId") is { } account
                ? new DpoJobReference(new ResourceName(account, ResourceName.DpoJobs, id).ToString())
            : new DpoJobReference(id);
    }

    private static string? Value(PSObject row, string property) =>
        ArgumentValue.Unwrap(row.Properties[property]?.Value) is string { Length: > 0 } text ? text : null;
}
