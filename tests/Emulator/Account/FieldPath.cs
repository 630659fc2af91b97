using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>A field and the messages on the way to it, as in <c>training_config.base_model</c>.</summary>
internal sealed class FieldPath
{
    private readonly Field[] _messages;

    /// <param name="way">The messages on the way, outermost first, and the field.</param>
    public FieldPath(IReadOnlyList<Field> way)
    {
        Leaf = way[^1];
        _messages = way.Take(way.Count - 1).ToArray();
    }

    public Field Leaf { get; }

    /// <summary>The messages on the way, outermost first.</summary>
    public IReadOnlyList<Field> Messages => _messages;

    public string Text => string.Join('.', _messages.Append(Leaf).Select(part => part.SnakeName));

    /// <summary>The path with this text below <paramref name="root"/>, in snake_case or camelCase; null for none.</summary>
    public static FieldPath? Find(Field root, string path)
    {
        var way = new List<Field>();
        var here = root;
        foreach (var segment in path.Split('.'))
        {
            if (here.Child(segment) is not { } next)
            {
                return null;
            }

            way.Add(next);
            here = next;
        }

        return new FieldPath(way);
    }

    /// <summary>The path to a field of the message that this one leads to.</summary>
    public FieldPath Inside(Field child) => new([.. _messages, Leaf, child]);

    /// <summary>The value; not set when a message on the way is not.</summary>
    public FieldValue Read(Job job)
    {
        foreach (var message in _messages)
        {
            if (!message.IsSet(job))
            {
                return default;
            }
        }

        return Leaf.Read(job);
    }
}
