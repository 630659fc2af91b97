using System.Collections.Generic;
using Fireworks.DpoJobs.Models;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Arguments;

/// <summary>Completes -OrderBy: the fields that have an order, each in both directions.</summary>
public sealed class OrderByCompleter : FieldCompleter
{
    private protected override bool IsOffered(FieldNames.Field field) =>
        !field.IsComputed
        && !typeof(ApiObject).IsAssignableFrom(field.Type)
        && field.Type != typeof(SecretText)
        && (field.Type.IsValueType || field.Type == typeof(string));

    private protected override IEnumerable<string> Forms(string propertyPath) => [propertyPath, propertyPath + " desc"];
}
