using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// The job that a user means: by its ID (<c>nightly-1</c>) or its full name (<c>accounts/acme/dpoJobs/nightly-1</c>).
/// </summary>
public sealed class DpoJobReference
{
    private readonly string _text;

    /// <summary>Refers to a job by its ID or full name, which is checked when the job is requested.</summary>
    /// <param name="idOrName">An ID or a full resource name. White space around it is ignored.</param>
    public DpoJobReference(string? idOrName) => _text = idOrName?.Trim() ?? "";

    /// <summary>Refers to a job by its full name, so that the request goes to the account of the job.</summary>
    /// <param name="job">A job.</param>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    public DpoJobReference(DpoJob job)
    {
        Job = job ?? throw new ArgumentNullException(nameof(job));
        _text = job.Name ?? "";
    }

    /// <summary>The job, as it was when it was retrieved. Null for an ID or a name.</summary>
    internal DpoJob? Job { get; }

    /// <summary>Whether this is a string without content, such as an empty line of a file.</summary>
    internal bool IsBlankLine { get; init; }

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
                $"'{ControlCharacters.MakeVisible(ToString())}' is neither a job ID nor the full name of a job.{DescribeCharacter()} An ID is {ResourceName.IdRule}; "
                    + "a full name is accounts/<account>/dpoJobs/<id>."
            );
        }
        return new ResourceName(account ?? findAccount(), ResourceName.DpoJobs, id);
    }

    /// <summary>Returns the ID or the full name.</summary>
    /// <returns>The text as typed, even when it is not valid, but without anything that looks like a key.</returns>
    public override string ToString() =>
        ResourceName.Parse(_text, ResourceName.DpoJobs) is null ? SecretPatterns.Redact(_text) : _text;

    // Some characters are invisible, and some look like others.
    private string DescribeCharacter()
    {
        var index = _text.ToList().FindIndex(character => character is < ' ' or > '~');
        return index < 0
            ? ""
            : $" Character {index + 1} is U+{(char.IsSurrogatePair(_text, index) ? char.ConvertToUtf32(_text, index) : _text[index]):X4}.";
    }
}

/// <summary>
/// Converts to <see cref="DpoJobReference"/>: a job, an ID, a full name, or a hashtable or an object with the properties of a
/// job, such as a row of a CSV file or a deserialized job. A full name takes precedence over an ID, so that the request goes to
/// the account of the job.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DpoJobReferenceAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ArgumentValue.Unwrap(inputData) is IList items
            ? items.Cast<object?>().Select(item => Find(item) ?? item).ToArray()
            : Find(inputData) ?? inputData;

    // Null leaves the conversion, or its error, to PowerShell.
    private static DpoJobReference? Find(object? item) =>
        ArgumentValue.Unwrap(item) switch
        {
            DpoJobReference reference => reference,
            DpoJob job => new DpoJobReference(job),
            string text => new DpoJobReference(text) { IsBlankLine = string.IsNullOrWhiteSpace(text) },
            null => null,
            IDictionary table => FromRow(ToRow(table)),
            _ => FromRow(PSObject.AsPSObject(item)),
        };

    private static PSObject ToRow(IDictionary table)
    {
        var row = new PSObject();
        foreach (DictionaryEntry entry in table)
        {
            if (entry.Key is string { Length: > 0 } key && row.Properties[key] is null)
            {
                row.Properties.Add(new PSNoteProperty(key, entry.Value));
            }
        }
        return row;
    }

    private static DpoJobReference? FromRow(PSObject row)
    {
        var (name, id) = (Value(row, "Name"), Value(row, "Id"));
        return name is null && id is null ? null
            : id is null or "" || ResourceName.FindId(name, ResourceName.DpoJobs) is not null
                ? new DpoJobReference(name)
            : Value(row, "AccountId") is { Length: > 0 } account
                ? new DpoJobReference(new ResourceName(account, ResourceName.DpoJobs, id).ToString())
            : new DpoJobReference(id);
    }

    /// <summary>The text of a property. Empty when it has no value; null when there is no such property.</summary>
    private static string? Value(PSObject row, string property) =>
        row.Properties[property] is { } found
            ? Convert.ToString(ArgumentValue.Unwrap(found.Value), CultureInfo.InvariantCulture)?.Trim() ?? ""
            : null;
}
