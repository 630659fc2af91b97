using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The readMask parameter: comma-separated paths; empty or <c>*</c> is everything.</summary>
/// <remarks>That a field outside the mask is left out, not sent empty, is a guess: the reference does not say.</remarks>
internal sealed class FieldMask
{
    private readonly HashSet<Field>? _whole;
    private readonly HashSet<Field> _partly = [];

    private FieldMask(HashSet<Field>? whole) => _whole = whole;

    public static FieldMask All { get; } = new(null);

    /// <param name="root">The schema the paths are looked up in.</param>
    /// <param name="text">The parameter.</param>
    /// <exception cref="ApiException">A path is not one of the schema.</exception>
    public static FieldMask Parse(Field root, string text)
    {
        if (text.Length == 0 || text == "*")
        {
            return All;
        }

        var mask = new FieldMask([]);
        foreach (var path in text.Split(',').Select(part => part.Trim()))
        {
            var found = FieldPath.Find(root, path) ?? throw ApiException.Invalid($"invalid field mask path \"{path}\"");
            mask._whole!.Add(found.Leaf);
            mask._partly.UnionWith(found.Messages);
        }

        return mask;
    }

    public bool Includes(Field field) => _whole is null || _whole.Contains(field) || _partly.Contains(field);

    /// <summary>The mask for what is inside this field.</summary>
    public FieldMask Inside(Field field) => _whole is null || _whole.Contains(field) ? All : this;
}
