using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>HAR files as JSON.</summary>
internal static class HarJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        // The file is read by people and JSON parsers, not by browsers.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="HarFormatException">It cannot be read, or is no HAR.</exception>
    public static HarLog Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<HarFile>(stream, Options)?.Log
                ?? throw new HarFormatException(name, "$", "an object with a log was expected, not null");
        }
        catch (JsonException exception)
        {
            throw new HarFormatException(name, Place(exception), Problem(exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HarFormatException(name, place: null, exception.Message, exception);
        }
    }

    /// <summary>Writes a log as a whole file.</summary>
    public static void Write(Stream stream, HarLog log)
    {
        JsonSerializer.Serialize(stream, new HarFile { Log = log }, Options);
        stream.WriteByte((byte)'\n');
    }

    private static string Place(JsonException exception) =>
        $"line {(exception.LineNumber ?? 0) + 1} ({exception.Path ?? "$"})";

    // The message repeats the place, counting lines from 0.
    private static string Problem(JsonException exception)
    {
        var end = exception.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end < 0 ? exception.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : end;
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
