using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads the JSON that the service usually sends, without the metadata of the models: in a new process, creating the metadata
/// and compiling the code for it takes longer than the request. Whatever is unusual is left to the metadata, which decides what
/// the object or the error is. Each model reads its own fields: <see cref="ApiObject.ReadField"/>.
/// </summary>
internal static class PlainReader
{
    /// <summary>
    /// AggressiveOptimization, for which .NET Standard has no name and which .NET Framework ignores. Many commands end before
    /// the runtime would optimize the methods of the reader.
    /// </summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;

    // For values in an unusual form, such as a number in a string.
    private static readonly EmptyStringAsNullConverter TextConverter = new();
    private static readonly SecretTextConverter SecretConverter = new();
    private static readonly TimestampConverter TimestampConverter = new();
    private static readonly OptionalInt32Converter Int32Converter = new();
    private static readonly OptionalInt64Converter Int64Converter = new();
    private static readonly OptionalDoubleConverter DoubleConverter = new();

    /// <summary>Reads a document. Null when it is not a JSON object of the usual form.</summary>
    /// <param name="json">The document, in valid UTF-8 without a byte order mark.</param>
    /// <param name="target">A new object, which is filled. It is incomplete when the result is null.</param>
    public static T? Read<T>(ReadOnlySpan<byte> json, T target)
        where T : ApiObject
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.IsObject())
            {
                reader.ReadObject(target);
                // Throws when something follows the object.
                reader.Read();
                return target;
            }
        }
        catch (Exception exception) when (ApiJson.IsMisfit(exception))
        {
            // The metadata decides.
        }
        return null;
    }

    /// <summary>Whether the value is an object. False for null.</summary>
    /// <exception cref="JsonException">The value is neither.</exception>
    public static bool IsObject(this ref Utf8JsonReader reader) => Is(ref reader, JsonTokenType.StartObject);

    /// <summary>Reads an object into a new model.</summary>
    [MethodImpl(Optimized)]
    public static T ReadObject<T>(this ref Utf8JsonReader reader, T target)
        where T : ApiObject
    {
        while (true)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return target;
            }
            var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            reader.Read();
            if (!target.ReadField(name, ref reader))
            {
                Keep(ref reader, name, target);
            }
        }
    }

    /// <summary>Reads an array of objects. Null for null.</summary>
    [MethodImpl(Optimized)]
    public static List<T>? ReadObjects<T>(this ref Utf8JsonReader reader)
        where T : ApiObject, new()
    {
        if (!Is(ref reader, JsonTokenType.StartArray))
        {
            return null;
        }
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(reader.IsObject() ? reader.ReadObject(new T()) : null!);
        }
        return items;
    }

    /// <summary>Reads an array of strings. Null for null.</summary>
    public static List<string?>? ReadTexts(this ref Utf8JsonReader reader)
    {
        if (!Is(ref reader, JsonTokenType.StartArray))
        {
            return null;
        }
        var items = new List<string?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(reader.ReadText());
        }
        return items;
    }

    [MethodImpl(Optimized)]
    public static string? ReadText(this ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => Utf8StringPool.Current.Read(ref reader),
            JsonTokenType.Null => null,
            _ => TextConverter.Read(ref reader, typeof(string), null!),
        };

    public static SecretText? ReadSecret(this ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueSpan.Length > 0 => new SecretText(reader.GetString()!),
            JsonTokenType.String or JsonTokenType.Null => null,
            _ => SecretConverter.Read(ref reader, typeof(SecretText), null!),
        };

    [MethodImpl(Optimized)]
    public static DateTimeOffset? ReadTimestamp(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType == JsonTokenType.String
        && reader.TryGetDateTime(out var time)
        && time.Kind == DateTimeKind.Utc
            ? new DateTimeOffset(time)
        : TimestampConverter.Read(ref reader, typeof(DateTimeOffset?), null!);

    [MethodImpl(Optimized)]
    public static int? ReadInt32(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value
        : Int32Converter.Read(ref reader, typeof(int?), null!);

    public static long? ReadInt64(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value
        : Int64Converter.Read(ref reader, typeof(long?), null!);

    [MethodImpl(Optimized)]
    public static double? ReadDouble(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && !double.IsInfinity(value)
            ? value
        : DoubleConverter.Read(ref reader, typeof(double?), null!);

    public static bool? ReadBoolean(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();

    private static bool Is(ref Utf8JsonReader reader, JsonTokenType start) =>
        reader.TokenType == start || (reader.TokenType == JsonTokenType.Null ? false : throw new JsonException());

    private static void Keep(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ApiObject target)
    {
#if NET
        var text = Encoding.UTF8.GetString(name);
#else
        var text = Encoding.UTF8.GetString(name.ToArray());
#endif
        (target.UnknownFields ??= [])[text] = JsonElement.ParseValue(ref reader);
    }
}
