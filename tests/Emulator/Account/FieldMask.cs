using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The readMask parameter: comma-separated paths; empty or <c>*</c> includes everything.</summary>
/// <remarks>That fields outside the mask are omitted is an assumption; the reference page does not describe it.</remarks>
internal sealed class FieldMask
{
    private readonly HashSet<Field> _whole = [];
    private readonly HashSet<Field> _partial = [];

    public static FieldMask All { get; } = new();

    /// <param name="root">The schema that contains the paths.</param>
    /// <param name="text">The parameter.</param>
    /// <exception cref="ApiException">A path does not exist.</exception>
    public static FieldMask Parse(Field root, string text)
    {
        if (text.Length == 0 || text == "*")
        {
            return All;
        }

        var mask = new FieldMask();
        foreach (var path in text.Split(',').Select(part => part.Trim()))
        {
            var found = FieldPath.Find(root, path) ?? throw ApiException.Invalid($"invalid field mask path \"{path}\"");
            mask._whole.Add(found.Leaf);
            mask._partial.UnionWith(found.Messages);
        }

        return mask;
    }

    public bool Includes(Field field) => this == All || _whole.Contains(field) || _partial.Contains(field);

    /// <summary>The mask for the fields of a message.</summary>
    public FieldMask Inside(Field message) => _whole.Contains(message) ? All : this;
}
