using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads a whole JSON document into a model. A value that does not fit its field costs neither the page nor the job: the
/// property is null, and the value as sent becomes an unknown field of the same object.
/// </summary>
internal static class ApiJson
{
    /// <summary>
    /// The largest number of JSON values in a document, which bounds the memory of the objects: 2 bytes of JSON can become an
    /// object of 250 bytes. A page of 200 jobs has about 9,000.
    /// </summary>
    public const int MaxValues = 100_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Whether a document has more than <see cref="MaxValues"/> values. False for the part after invalid JSON.</summary>
    public static bool IsTooLarge(ReadOnlySpan<byte> json)
    {
        // Each value but the first follows one of these characters. Strings may contain them too.
        if (Count(json, (byte)',') + Count(json, (byte)'{') + Count(json, (byte)'[') < MaxValues)
        {
            return false;
        }
        var values = 0;
        try
        {
            var reader = new Utf8JsonReader(WithoutByteOrderMark(json));
            while (values <= MaxValues && reader.Read())
            {
                values += reader.TokenType
                    is JsonTokenType.PropertyName
                        or JsonTokenType.EndObject
                        or JsonTokenType.EndArray
                    ? 0
                    : 1;
            }
        }
        catch (JsonException)
        {
            // Reading the document reports it.
        }
        return values > MaxValues;
    }

    /// <summary>Reads a document. Null for a JSON null.</summary>
    /// <param name="json">The document, in UTF-8, with or without a byte order mark.</param>
    /// <param name="mismatches">Receives the values that do not fit their fields.</param>
    /// <exception cref="JsonException">The document is not JSON, or not an object.</exception>
    public static T? Read<T>(ReadOnlyMemory<byte> json, JsonMismatches mismatches)
        where T : ApiObject, new()
    {
        json = json.Slice(json.Length - WithoutByteOrderMark(json.Span).Length);
        var isUtf8 = IsUtf8(json);
        return (isUtf8 ? PlainReader.Read(json.Span, new T()) : null) ?? ReadWithMetadata<T>(json, isUtf8, mismatches);
    }

    /// <summary>Reads a document with the metadata of the models, which is slow in a new process.</summary>
    /// <param name="json">The document, without a byte order mark.</param>
    /// <param name="isUtf8">Whether it is valid UTF-8.</param>
    /// <param name="mismatches">Receives the values that do not fit their fields.</param>
    /// <exception cref="JsonException">The document is not JSON, or not an object.</exception>
    internal static T? ReadWithMetadata<T>(ReadOnlyMemory<byte> json, bool isUtf8, JsonMismatches mismatches)
        where T : ApiObject
    {
        var type = (JsonTypeInfo<T>)FireworksJsonContext.Default.GetTypeInfo(typeof(T))!;
        if (!isUtf8)
        {
            throw Explain(json, type) ?? new JsonException("The document is not UTF-8.");
        }
        using var document = ParseOrThrow(json, type);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Object => (T)new TolerantReader(mismatches).ReadObject(document.RootElement, type, ""),
            JsonValueKind.Null => null,
            _ => throw Explain(json, type) ?? new JsonException("The document is not an object.", "$", null, null),
        };
    }

    /// <summary>Whether an exception of the serializer means that a value does not fit.</summary>
    public static bool IsMismatch(Exception exception) =>
        // InvalidOperationException: a string with half of a surrogate pair, which is valid JSON but not text.
        exception is JsonException or InvalidOperationException or NotSupportedException or FormatException;

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(ByteOrderMark) ? json.Slice(ByteOrderMark.Length) : json;

    private static int Count(ReadOnlySpan<byte> json, byte character)
    {
#if NET
        return json.Count(character);
#else
        var count = 0;
        foreach (var other in json)
        {
            count += other == character ? 1 : 0;
        }
        return count;
#endif
    }

    // The serializer checks only the strings that it converts.
    internal static bool IsUtf8(ReadOnlyMemory<byte> json)
    {
#if NET
        return System.Text.Unicode.Utf8.IsValid(json.Span);
#else
        try
        {
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(json, out var bytes);
            new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(
                bytes.Array,
                bytes.Offset,
                bytes.Count
            );
            return true;
        }
        catch (System.Text.DecoderFallbackException)
        {
            return false;
        }
#endif
    }

    // Of a document that is not JSON, the error shows where it is broken, not where a value does not fit.
    private static JsonDocument ParseOrThrow<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException syntax)
        {
            var explained = Explain(json, type);
            var isSame =
                explained?.LineNumber == syntax.LineNumber
                && explained?.BytePositionInLine == syntax.BytePositionInLine;
            // Like the serializer: an error of the JSON reader is the cause of the exception.
            throw isSame
                ? explained!
                : new JsonException(syntax.Message, null, syntax.LineNumber, syntax.BytePositionInLine, syntax);
        }
    }

    // The exception of the serializer, which has the path of the error.
    private static JsonException? Explain<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            JsonSerializer.Deserialize(json.Span, type);
            return null;
        }
        catch (JsonException exception)
        {
            return exception;
        }
        catch (Exception exception) when (IsMismatch(exception))
        {
            return null;
        }
    }
}

/// <summary>The values of a document that do not fit their fields.</summary>
internal sealed class JsonMismatches
{
    /// <summary>The path of the first one from its job, such as <c>trainingConfig.epochs</c>, or else from the page. Null for none.</summary>
    public string? Path { get; private set; }

    /// <summary>The name of the job that has it. Null when it is not part of a job, or the job has no name.</summary>
    public string? Job { get; private set; }

    public void Add(string path) => Path ??= path;

    /// <summary>Reads a job, and stores its name if it has the first mismatch.</summary>
    public DpoJob Read(Func<DpoJob> read)
    {
        var isFirst = Path is null;
        var job = read();
        if (isFirst && Path is not null)
        {
            Job = job.Name;
        }
        return job;
    }
}
