using System;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>
/// Text that repeats from job to job (models, data sets, e-mail addresses, regions, states) as one string. What comes once
/// leaves only a number behind, and there is room for a few hundred short texts a thread.
/// </summary>
internal sealed class Utf8StringPool
{
    private const int MaximumLength = 128;
    private const int SlotCount = 512;

    [ThreadStatic]
    private static Utf8StringPool? _current;

    private readonly string?[] _texts = new string?[SlotCount];
    private readonly uint[] _lastSeen = new uint[SlotCount];

    /// <summary>The table of this thread.</summary>
    public static Utf8StringPool Current => _current ??= new Utf8StringPool();

    /// <summary>The text that the reader stands at.</summary>
    public string? Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length is 0 or > MaximumLength)
        {
            return reader.GetString();
        }
        var bytes = reader.ValueSpan;
        var hash = Hash(bytes);
        var slot = hash % SlotCount;
        if (_texts[slot] is { } known && AreEqual(bytes, known))
        {
            return known;
        }
        var text = reader.GetString();
        // Kept when it comes for the second time, with no other of this slot between.
        if (_lastSeen[slot] == hash)
        {
            _texts[slot] = text;
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

    // Text beyond ASCII is never equal, and read anew.
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
