namespace Fireworks.DpoJobs;

/// <summary>
/// A secret: a key, or an address that grants access by itself. Views and exports show a placeholder, because the class has
/// no properties; <see cref="Reveal"/> returns the secret.
/// </summary>
/// <remarks>Not a SecureString: on Linux and macOS, Export-Clixml writes the characters of one unencrypted.</remarks>
public sealed class SecretText
{
    private readonly string _text;

    /// <summary>Wraps a secret.</summary>
    /// <param name="text">The secret.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public SecretText(string text) => _text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>Returns the secret.</summary>
    /// <returns>The secret as the service sent it.</returns>
    public string Reveal() => _text;

    /// <summary>Returns a placeholder.</summary>
    /// <returns><c>(secret)</c>.</returns>
    public override string ToString() => "(secret)";
}
