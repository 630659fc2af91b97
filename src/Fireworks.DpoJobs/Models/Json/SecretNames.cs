using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Models.Json;

/// <summary>Tells which fields that no model knows are likely secrets, so that a new one is not printed before it is known.</summary>
internal static class SecretNames
{
    private static readonly Regex Names = new(
        "key|secret|token|password|credential|signed",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    private static readonly Regex SignedAddress = new(
        @"^https?://\S+\?\S*(?:sig|token|key|credential)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    /// <summary>Whether a field is likely a secret.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The field's value.</param>
    public static bool IsSecret(string name, string value) => Names.IsMatch(name) || SignedAddress.IsMatch(value);
}
