using System;
using System.Collections.Generic;
using System.Reflection;

namespace Fireworks.DpoJobs.Models.Json;

/// <summary>The names of an enum as the wire spells them: <c>ReQueueing</c> with prefix <c>JOB_STATE_</c> is <c>JOB_STATE_RE_QUEUEING</c>.</summary>
internal sealed class WireEnum<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly T _unrecognized;

    public WireEnum(string prefix, T unrecognized)
    {
        _unrecognized = unrecognized;
        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is T value && !value.Equals(unrecognized))
            {
                _values[prefix + WireName.ToSnakeCase(field.Name).ToUpperInvariant()] = value;
            }
        }
    }

    /// <summary>The value of a wire name. Null for none; the enum's "unrecognized" for one it does not have.</summary>
    public T? Parse(string? wireName) =>
        string.IsNullOrEmpty(wireName) ? null
        : _values.TryGetValue(wireName!, out var value) ? value
        : _unrecognized;
}
