using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Converts to <see cref="DpoJobReference"/>: a job, an ID, a full name, or an object with the properties of a job, such as a
/// row of a CSV file or a deserialized job. A full name takes precedence over an ID, so that the request goes to the account
/// of the job.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DpoJobReferenceAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
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
