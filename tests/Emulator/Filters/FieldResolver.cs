using System.Collections.Generic;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>Finds the fields that a filter names.</summary>
internal sealed class FieldResolver(Field root, FilterSource source)
{
    public FieldPath Resolve(FilterMember member)
    {
        var way = new List<Field>();
        foreach (var part in member.Parts)
        {
            way.Add(Find(way, part.Text, part.Span.Start));
        }

        return new FieldPath(way);
    }

    /// <summary>The field of a message that <c>message:field</c> asks for.</summary>
    public FieldPath ResolveInside(FieldPath message, FilterLiteral name) =>
        message.Inside(Find([.. message.Messages, message.Leaf], name.Text, name.Position));

    private Field Find(List<Field> way, string name, int position)
    {
        if (way.Count == 0)
        {
            return Allow(root.Child(name) ?? throw source.Refuse(position, $"there is no field \"{name}\""), position);
        }

        var outer = new FieldPath(way);
        return outer.Leaf.Kind switch
        {
            FieldKind.Message => Allow(
                outer.Leaf.Child(name)
                    ?? throw source.Refuse(position, $"there is no field \"{name}\" in \"{outer.Text}\""),
                position
            ),
            FieldKind.TextList => throw source.Refuse(
                position,
                $"\"{outer.Text}\" is repeated: '.' does not lead into it"
            ),
            _ => throw source.Refuse(position, $"\"{outer.Text}\" is no message: '.' does not lead into it"),
        };
    }

    // Wildcards would give away a secret letter by letter.
    private Field Allow(Field field, int position) =>
        field.IsSecret
            ? throw source.Refuse(position, $"\"{field.SnakeName}\" is a secret, and cannot be filtered on")
            : field;
}
