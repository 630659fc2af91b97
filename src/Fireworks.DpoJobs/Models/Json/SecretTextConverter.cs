using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// Reads a secret into its wrapper. It writes secrets only when it was created for that, so that no code writes one by
/// accident: see <see cref="FireworksJsonContext.WithSecrets"/>.
/// </summary>
/// <param name="writesSecrets">Whether secrets are written.</param>
internal sealed class SecretTextConverter(bool writesSecrets) : JsonConverter<SecretText?>
{
    /// <summary>Creates the converter that writes no secrets.</summary>
    public SecretTextConverter()
        : this(writesSecrets: false) { }

    /// <inheritdoc/>
    public override SecretText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? new SecretText(text) : null;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The converter writes no secrets.</exception>
    public override void Write(Utf8JsonWriter writer, SecretText? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            writesSecrets
                ? value?.Reveal()
                : throw new NotSupportedException(
                    $"Secrets are written only with {nameof(FireworksJsonContext)}.{nameof(FireworksJsonContext.WithSecrets)}."
                )
        );
}
