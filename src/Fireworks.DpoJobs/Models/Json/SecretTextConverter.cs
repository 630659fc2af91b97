using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>Reads a secret into its wrapper. There is no way back: writing one is an error.</summary>
internal sealed class SecretTextConverter : JsonConverter<SecretText?>
{
    /// <inheritdoc/>
    public override SecretText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? new SecretText(text) : null;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SecretText? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("A secret is never written.");
}
