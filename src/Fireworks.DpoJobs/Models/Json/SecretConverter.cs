using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Models.Json;

/// <summary>Reads a secret into its wrapper. There is no way back: writing one is an error.</summary>
internal abstract class SecretConverter<T> : JsonConverter<T?>
    where T : class
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return string.IsNullOrEmpty(text) ? null : Wrap(text!);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"A {typeof(T).Name} is never written.");

    /// <summary>Puts a secret into its wrapper.</summary>
    protected abstract T Wrap(string secret);
}
