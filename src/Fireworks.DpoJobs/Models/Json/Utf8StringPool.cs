using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>
/// Shares the instances of strings that repeat from job to job (models, datasets, e-mail addresses, regions, states). A
/// string is stored when it occurs for the second time; the pool holds at most 512 strings per thread.
/// </summary>
internal sealed class Utf8StringPool
{
    private const int MaxLength = 128;
    private const int SlotCount = 512;

    [ThreadStatic]
    private static Utf8StringPool? _current;

    private readonly string?[] _strings = new string?[SlotCount];
    private readonly uint[] _lastSeen = new uint[SlotCount];

    /// <summary>The pool of this thread.</summary>
    public static Utf8StringPool Current => _current ??= new Utf8StringPool();

    /// <summary>The string at the position of the reader. Null for an empty string, which the service sends for unset fields.</summary>
    [MethodImpl(PlainReader.Optimized)]
    public string? Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > MaxLength)
        {
            return reader.GetString();
        }
        var bytes = reader.ValueSpan;
        if (bytes.Length == 0)
        {
            return null;
        }
        var hash = Hash(bytes);
        var slot = hash % SlotCount;
        if (_strings[slot] is { } known && AreEqual(bytes, known))
        {
            return known;
        }
        var text = reader.GetString();
        // Stored at the second occurrence, if no other string used the slot in between.
        if (_lastSeen[slot] == hash)
        {
            _strings[slot] = text;
        }
        _lastSeen[slot] = hash;
        return text;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (uint)bytes.Length;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619;
        }
        return hash ^ (hash >> 15);
    }

    // Non-ASCII strings are never equal, so they are not shared.
    private static bool AreEqual(ReadOnlySpan<byte> bytes, string text)
    {
#if NET
        return System.Text.Ascii.Equals(bytes, text);
#else
        if (bytes.Length != text.Length)
        {
            return false;
        }
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != text[i] || bytes[i] > 127)
            {
                return false;
            }
        }
        return true;
#endif
    }
}
