using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>Completes -OrderBy: the fields that have an order, each in both directions.</summary>
public sealed class OrderByCompleter : FieldCompleter
{
    private protected override bool IsOffered(JobField field) =>
        !field.IsComputed
        && !typeof(ApiObject).IsAssignableFrom(field.Type)
        && field.Type != typeof(SecretText)
        && (field.Type.IsValueType || field.Type == typeof(string));

    private protected override IEnumerable<string> Forms(string propertyPath) => [propertyPath, propertyPath + " desc"];
}
