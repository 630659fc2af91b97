using System.Collections;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Values that argument transformations receive: PowerShell may wrap them in a PSObject.</summary>
internal static class ArgumentValue
{
    /// <summary>The value without its PSObject.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>Transforms a value, or each item of a list.</summary>
    public static object? Transform(object? value, Func<object?, object?> transform) =>
        Unwrap(value) is IList items ? items.Cast<object?>().Select(transform).ToArray() : transform(value);
}
