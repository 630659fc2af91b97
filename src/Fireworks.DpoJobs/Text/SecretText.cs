using System;

namespace Fireworks.DpoJobs;

/// <summary>
/// A secret that the service sends along: a key, or an address that is itself a permission. It is kept out of every view
/// and export, so it has no property that would be printed; <see cref="Reveal"/> gives it.
/// </summary>
/// <remarks>Not a SecureString: off Windows, Export-Clixml writes the characters of one in clear.</remarks>
public sealed class SecretText
{
    private readonly string _text;

    /// <summary>Wraps a secret.</summary>
    /// <param name="text">The secret.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public SecretText(string text) => _text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>The secret itself.</summary>
    /// <returns>The text as the service sent it.</returns>
    public string Reveal() => _text;

    /// <summary>A placeholder.</summary>
    /// <returns>The same text for every secret.</returns>
    public override string ToString() => "(secret)";
}
