using System.Security;

namespace Fireworks.DpoJobs.Models.Json;

/// <summary>Reads a key that the service sends along (<c>wandbConfig.apiKey</c>).</summary>
internal sealed class SecureStringConverter : SecretConverter<SecureString>
{
    /// <inheritdoc/>
    protected override SecureString Wrap(string secret)
    {
        var wrapped = new SecureString();
        foreach (var character in secret)
        {
            wrapped.AppendChar(character);
        }
        wrapped.MakeReadOnly();
        return wrapped;
    }
}
