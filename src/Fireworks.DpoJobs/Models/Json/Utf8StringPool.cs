using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
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

    /// <summary>The string at the position of a reader.</summary>
    public string? Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length is 0 or > MaxLength)
        {
            return reader.GetString();
        }
        var hash = Hash(reader.ValueSpan);
        return Find(reader.ValueSpan, hash) ?? Add(reader.GetString()!, hash);
    }

    /// <summary>The string of some bytes, which are valid UTF-8 and not escaped.</summary>
    [MethodImpl(PlainReader.Optimized)]
    public string Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
        {
            return Decode(bytes);
        }
        var hash = Hash(bytes);
        return Find(bytes, hash) ?? Add(Decode(bytes), hash);
    }

    /// <summary>A new string of some bytes, which are valid UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
#if NET
        Encoding.UTF8.GetString(bytes);
#else
        Encoding.UTF8.GetString(bytes.ToArray());
#endif

    [MethodImpl(PlainReader.Optimized)]
    private string? Find(ReadOnlySpan<byte> bytes, uint hash) =>
        _strings[hash % SlotCount] is { } known && AreEqual(bytes, known) ? known : null;

    private string Add(string text, uint hash)
    {
        var slot = hash % SlotCount;
        // Stored at the second occurrence, if no other string used the slot in between.
        if (_lastSeen[slot] == hash)
        {
            _strings[slot] = text;
        }
        _lastSeen[slot] = hash;
        return text;
    }

    [MethodImpl(PlainReader.Optimized)]
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * 0x9e3779b97f4a7c15;
            hash ^= hash >> 32;
            bytes = bytes.Slice(8);
        }
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 0x9e3779b97f4a7c15;
        }
        return (uint)(hash >> 32);
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
