using System;
using System.Collections.Generic;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>The names of an enum as the wire spells them: <c>ReQueueing</c> with prefix <c>JOB_STATE_</c> is <c>JOB_STATE_RE_QUEUEING</c>.</summary>
internal sealed class WireEnum<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly List<T> _all = [];
    private readonly string _prefix;
    private readonly T _unrecognized;

    public WireEnum(string prefix, T unrecognized)
    {
        _prefix = prefix;
        _unrecognized = unrecognized;
        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var value = (T)field.GetValue(null)!;
            _all.Add(value);
            if (!value.Equals(unrecognized))
            {
                _values[ToWire(value)] = value;
            }
        }
    }

    /// <summary>Every value, the one that stands for what is not known among them.</summary>
    public IReadOnlyList<T> Values => _all;

    /// <summary>The value of a wire name. Null for none; the enum's "unrecognized" for one it does not have.</summary>
    public T? Parse(string? wireName) =>
        string.IsNullOrEmpty(wireName) ? null
        : _values.TryGetValue(wireName!, out var value) ? value
        : _unrecognized;

    /// <summary>The wire name of a value that has one.</summary>
    public string ToWire(T value) => _prefix + WireName.ToSnakeCase(value.ToString()).ToUpperInvariant();
}
