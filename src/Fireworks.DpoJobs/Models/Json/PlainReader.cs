using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
#if NET
using System.Numerics;
#endif

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads the JSON that the service usually sends. A new process spends most of its time in code that is not optimized yet: this
/// reader is optimized from its first call, and needs no metadata of the models, which takes longer to create than a request.
/// Everything unusual is left to <see cref="Utf8JsonReader"/> and the converters (a value in another form), or to the metadata
/// (a value that does not fit, invalid JSON), which determines the object or the error.
/// </summary>
/// <remarks>Each model reads its own fields: <see cref="ApiObject.ReadField"/>.</remarks>
internal ref struct PlainReader
{
    /// <summary>
    /// AggressiveOptimization, for which .NET Standard has no name and which .NET Framework ignores.
    /// </summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;

    // As in System.Text.Json.
    private const int MaxDepth = 64;

    private static readonly EmptyStringAsNullConverter TextConverter = new();
    private static readonly SecretTextConverter SecretConverter = new();
    private static readonly TimestampConverter TimestampConverter = new();
    private static readonly OptionalInt32Converter Int32Converter = new();
    private static readonly OptionalInt64Converter Int64Converter = new();
    private static readonly OptionalDoubleConverter DoubleConverter = new();

    private readonly ReadOnlySpan<byte> _json;
    private readonly Utf8StringPool _strings = Utf8StringPool.Current;
    private int _position;
    private int _depth;

    private PlainReader(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>Reads a document. Null when it is not an object of the usual form.</summary>
    /// <param name="json">The document, in valid UTF-8 without a byte order mark.</param>
    /// <param name="target">A new object, which is filled. It is incomplete when the result is null.</param>
    public static T? Read<T>(ReadOnlySpan<byte> json, T target)
        where T : ApiObject
    {
        try
        {
            var reader = new PlainReader(json);
            if (reader.IsObject())
            {
                reader.ReadObject(target);
                return reader.Peek() == 0 ? target : null;
            }
        }
        catch (Exception exception) when (ApiJson.IsMismatch(exception))
        {
            // The metadata decides.
        }
        return null;
    }

    /// <summary>Whether the value is an object, which must be read next. False for null, which has been read.</summary>
    /// <exception cref="JsonException">The value is neither.</exception>
    public bool IsObject() => IsStart((byte)'{');

    /// <summary>Reads an object into a new model.</summary>
    [MethodImpl(Optimized)]
    public T ReadObject<T>(T target)
        where T : ApiObject
    {
        Open();
        if (Peek() == '}')
        {
            Close();
            return target;
        }
        while (true)
        {
            var name = ReadString(out var isEscaped);
            if (isEscaped || Peek() != ':')
            {
                throw Unusual();
            }
            _position++;
            if (!target.ReadField(name, ref this))
            {
                Keep(name, target);
            }
            if (Peek() == '}')
            {
                Close();
                return target;
            }
            ReadComma();
        }
    }

    /// <summary>Reads an array of objects. Null for null.</summary>
    [MethodImpl(Optimized)]
    public List<T>? ReadObjects<T>()
        where T : ApiObject, new()
    {
        if (!IsStart((byte)'['))
        {
            return null;
        }
        var items = new List<T>();
        Open();
        while (NextItem(items.Count))
        {
            items.Add(IsObject() ? ReadObject(new T()) : null!);
        }
        return items;
    }

    /// <summary>Reads an array of strings. Null for null.</summary>
    [MethodImpl(Optimized)]
    public List<string?>? ReadTexts()
    {
        if (!IsStart((byte)'['))
        {
            return null;
        }
        var items = new List<string?>();
        Open();
        while (NextItem(items.Count))
        {
            items.Add(ReadText());
        }
        return items;
    }

    [MethodImpl(Optimized)]
    public string? ReadText()
    {
        var start = PeekValue(out var isNull);
        if (isNull)
        {
            return null;
        }
        if (_json[start] == '"')
        {
            var text = ReadString(out var isEscaped);
            return text.Length == 0 ? null
                : isEscaped ? Unescape(start)
                : _strings.Read(text);
        }
        var other = ReadOther();
        return TextConverter.Read(ref other, typeof(string), null!);
    }

    [MethodImpl(Optimized)]
    public SecretText? ReadSecret()
    {
        var start = PeekValue(out var isNull);
        if (isNull)
        {
            return null;
        }
        if (_json[start] == '"')
        {
            var text = ReadString(out var isEscaped);
            return text.Length == 0 ? null : new SecretText(isEscaped ? Unescape(start) : Utf8StringPool.Decode(text));
        }
        var other = ReadOther();
        return SecretConverter.Read(ref other, typeof(SecretText), null!);
    }

    [MethodImpl(Optimized)]
    public DateTimeOffset? ReadTimestamp()
    {
        var start = PeekValue(out var isNull);
        if (isNull)
        {
            return null;
        }
        if (_json[start] == '"' && ParseUtc(ReadString(out _)) is { } time)
        {
            return time;
        }
        _position = start;
        var other = ReadOther();
        return TimestampConverter.Read(ref other, typeof(DateTimeOffset?), null!);
    }

    [MethodImpl(Optimized)]
    public int? ReadInt32()
    {
        PeekValue(out var isNull);
        if (isNull)
        {
            return null;
        }
        if (TryReadNumber(maxDigits: 9, maxDecimals: 0, out var value, out _))
        {
            return (int)value;
        }
        var other = ReadOther();
        return Int32Converter.Read(ref other, typeof(int?), null!);
    }

    public long? ReadInt64()
    {
        PeekValue(out var isNull);
        if (isNull)
        {
            return null;
        }
        if (TryReadNumber(maxDigits: 18, maxDecimals: 0, out var value, out _))
        {
            return value;
        }
        var other = ReadOther();
        return Int64Converter.Read(ref other, typeof(long?), null!);
    }

    [MethodImpl(Optimized)]
    public double? ReadDouble()
    {
        PeekValue(out var isNull);
        if (isNull)
        {
            return null;
        }
        // A double represents integers of up to 15 digits, and these powers of ten, exactly, so the quotient is rounded correctly.
        if (TryReadNumber(maxDigits: 15, maxDecimals: 15, out var value, out var decimals))
        {
            double divisor = 1;
            for (; decimals > 0; decimals--)
            {
                divisor *= 10;
            }
            return value / divisor;
        }
        var other = ReadOther();
        return DoubleConverter.Read(ref other, typeof(double?), null!);
    }

    [MethodImpl(Optimized)]
    public bool? ReadBoolean()
    {
        var start = PeekValue(out var isNull);
        if (isNull)
        {
            return null;
        }
        var rest = _json.Slice(start);
        if (rest.StartsWith("true"u8))
        {
            _position += 4;
            return true;
        }
        if (rest.StartsWith("false"u8))
        {
            _position += 5;
            return false;
        }
        throw Unusual();
    }

    // 2026-11-07T05:31:56.123456Z. Null for another form.
    [MethodImpl(Optimized)]
    private static DateTimeOffset? ParseUtc(ReadOnlySpan<byte> text)
    {
        if (
            text.Length < 20
            || text[4] != '-'
            || text[7] != '-'
            || text[10] != 'T'
            || text[13] != ':'
            || text[16] != ':'
            || text[text.Length - 1] != 'Z'
            || (text.Length > 20 && (text[19] != '.' || text.Length == 21))
        )
        {
            return null;
        }
        var year = Digits(text, 0, 4);
        var month = Digits(text, 5, 2);
        var day = Digits(text, 8, 2);
        var hour = Digits(text, 11, 2);
        var minute = Digits(text, 14, 2);
        var second = Digits(text, 17, 2);
        if (
            year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23
            || minute is < 0 or > 59
            || second is < 0 or > 59
        )
        {
            return null;
        }
        var ticks = 0;
        for (var i = 20; i < text.Length - 1 || i < 27; i++)
        {
            var digit = i < text.Length - 1 ? text[i] - '0' : 0;
            if ((uint)digit > 9 || i >= 29)
            {
                return null;
            }
            ticks = i < 27 ? ticks * 10 + digit : ticks;
        }
        return new DateTimeOffset(
            new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(ticks)
        );
    }

    // Negative when there is another character.
    private static int Digits(ReadOnlySpan<byte> text, int start, int count)
    {
        var value = 0;
        for (var i = start; i < start + count; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static JsonException Unusual() => new();

    // The next byte that is no blank. 0 at the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Peek()
    {
        if (_position < _json.Length && _json[_position] is > (byte)' ' and var next)
        {
            return next;
        }
        return PeekAfterBlanks();
    }

    [MethodImpl(Optimized)]
    private byte PeekAfterBlanks()
    {
        for (; _position < _json.Length; _position++)
        {
            var next = _json[_position];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return next == 0 ? throw Unusual() : next;
            }
        }
        return 0;
    }

    // The position of the value. A null has been read.
    [MethodImpl(Optimized)]
    private int PeekValue(out bool isNull)
    {
        var next = Peek();
        isNull = next == 'n';
        if (isNull)
        {
            ReadNull();
        }
        else if (next == 0)
        {
            throw Unusual();
        }
        return _position;
    }

    private void ReadNull()
    {
        if (!_json.Slice(_position).StartsWith("null"u8))
        {
            throw Unusual();
        }
        _position += 4;
    }

    private bool IsStart(byte start)
    {
        var next = Peek();
        if (next == start)
        {
            return true;
        }
        if (next != 'n')
        {
            throw Unusual();
        }
        ReadNull();
        return false;
    }

    private void Open()
    {
        _position++;
        if (++_depth > MaxDepth)
        {
            throw Unusual();
        }
    }

    private void Close()
    {
        _position++;
        _depth--;
    }

    private void ReadComma()
    {
        if (Peek() != ',')
        {
            throw Unusual();
        }
        _position++;
    }

    // Moves to the next item of an array. False after the last one.
    private bool NextItem(int count)
    {
        if (Peek() == ']')
        {
            Close();
            return false;
        }
        if (count > 0)
        {
            ReadComma();
        }
        return true;
    }

    // The contents of a string. Those of an escaped one are not checked.
    [MethodImpl(Optimized)]
    private ReadOnlySpan<byte> ReadString(out bool isEscaped)
    {
        if (Peek() != '"')
        {
            throw Unusual();
        }
        var json = _json;
        var start = _position + 1;
        isEscaped = false;
        for (var i = start; i < json.Length; i++)
        {
            i += CountUsual(json.Slice(i));
            var next = i < json.Length ? json[i] : (byte)0;
            if (next == '"')
            {
                _position = i + 1;
                return json.Slice(start, i - start);
            }
            if (next == '\\')
            {
                isEscaped = true;
                i++;
            }
            else if (next < ' ')
            {
                throw Unusual();
            }
        }
        throw Unusual();
    }

    // How many bytes are certainly no quote, backslash or control character. Looks at eight at once.
    [MethodImpl(Optimized)]
    private static int CountUsual(ReadOnlySpan<byte> json)
    {
        var count = 0;
        for (; count <= json.Length - 8; count += 8)
        {
            var bytes = BinaryPrimitives.ReadUInt64LittleEndian(json.Slice(count));
            var found = FindBelow(bytes, 0x20) | Find(bytes, (byte)'"') | Find(bytes, (byte)'\\');
            if (found != 0)
            {
#if NET
                count += BitOperations.TrailingZeroCount(found) / 8;
#endif
                break;
            }
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(ulong bytes, byte value) => FindBelow(bytes ^ (value * 0x0101010101010101UL), 1);

    // Sets the highest bit of the first byte that is below the limit, which is at most 0x80, and perhaps of bytes after it
    // (Bit Twiddling Hacks, "hasless").
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindBelow(ulong bytes, byte limit) =>
        (bytes - (limit * 0x0101010101010101UL)) & ~bytes & 0x8080808080808080UL;

    // Reads a number without a sign and an exponent. False, without having moved, for another form or more digits.
    [MethodImpl(Optimized)]
    private bool TryReadNumber(int maxDigits, int maxDecimals, out long value, out int decimals)
    {
        var json = _json;
        var i = _position;
        var digits = 0;
        value = 0;
        decimals = -1;
        for (; i < json.Length; i++)
        {
            var digit = json[i] - '0';
            if ((uint)digit <= 9)
            {
                value = value * 10 + digit;
                digits++;
                decimals += decimals >= 0 ? 1 : 0;
                // A number starts with 0 only if there is a decimal point or nothing after it.
                if (digits > maxDigits || decimals > maxDecimals || (digits == 2 && value < 10 && decimals < 0))
                {
                    return false;
                }
            }
            else if (json[i] == '.' && decimals < 0 && digits > 0 && maxDecimals > 0)
            {
                decimals = 0;
            }
            else
            {
                break;
            }
        }
        if (
            digits == 0
            || decimals == 0
            || i == json.Length
            || json[i]
                is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        )
        {
            return false;
        }
        decimals = Math.Max(0, decimals);
        _position = i;
        return true;
    }

    // A reader at a value of another form, which it checks.
    private Utf8JsonReader ReadOther()
    {
        var json = ReadRaw();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.BytesConsumed == json.Length ? reader : throw Unusual();
    }

    private string Unescape(int start)
    {
        _position = start;
        return ReadOther().GetString()!;
    }

    private void Keep(ReadOnlySpan<byte> name, ApiObject target)
    {
        var json = ReadRaw();
        var reader = new Utf8JsonReader(json);
        var value = JsonElement.ParseValue(ref reader);
        // Of nulle, only null was read.
        if (reader.BytesConsumed != json.Length)
        {
            throw Unusual();
        }
        (target.UnknownFields ??= [])[Utf8StringPool.Decode(name)] = value;
    }

    // The JSON of a value. Only where it ends is certain.
    private ReadOnlySpan<byte> ReadRaw()
    {
        Peek();
        var start = _position;
        var depth = _depth;
        do
        {
            switch (Peek())
            {
                case (byte)'"':
                    ReadString(out _);
                    break;
                case (byte)'{' or (byte)'[':
                    Open();
                    break;
                case (byte)'}' or (byte)']':
                    Close();
                    break;
                case (byte)',' or (byte)':' when _depth > depth:
                    _position++;
                    break;
                default:
                    ReadWord();
                    break;
            }
        } while (_depth > depth);
        return _depth == depth ? _json.Slice(start, _position - start) : throw Unusual();
    }

    // A number, true, false or null.
    private void ReadWord()
    {
        var start = _position;
        while (
            _position < _json.Length
            && _json[_position]
                is (>= (byte)'0' and <= (byte)'9')
                    or (>= (byte)'a' and <= (byte)'z')
                    or (byte)'E'
                    or (byte)'+'
                    or (byte)'-'
                    or (byte)'.'
        )
        {
            _position++;
        }
        if (_position == start)
        {
            throw Unusual();
        }
    }
}
