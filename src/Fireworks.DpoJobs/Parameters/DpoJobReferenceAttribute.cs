using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Takes whatever names a job: a job, an id or a full name, or an object that has the properties of a job, such as a row of
/// a CSV file or a job from another process. A full name goes before an id, so that the job's own account is asked.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DpoJobReferenceAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrap(inputData) is IList items
            ? items.Cast<object?>().Select(item => Find(item) ?? item).ToArray()
            : Find(inputData) ?? inputData;

    // Null for what is left to the engine's own conversion and its error.
    private static DpoJobReference? Find(object? item) =>
        Unwrap(item) switch
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
        Unwrap(row.Properties[property]?.Value) is string { Length: > 0 } text ? text : null;

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
