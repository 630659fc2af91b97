namespace Fireworks.DpoJobs.Models.Json;

/// <summary>Reads an address that is itself a permission (<c>trainerLogsSignedUrl</c>).</summary>
internal sealed class SignedUrlConverter : SecretConverter<SignedUrl>
{
    /// <inheritdoc/>
    protected override SignedUrl Wrap(string secret) => new(secret);
}
