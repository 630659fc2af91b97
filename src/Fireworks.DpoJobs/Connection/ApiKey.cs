using System.Diagnostics;
using System.Net.Http.Headers;

namespace Fireworks.DpoJobs;

/// <summary>A Fireworks.ai API key. Only the Authorization header gets its text.</summary>
[DebuggerDisplay("(API key)")]
internal sealed class ApiKey
{
    private readonly string _key;
    private string? _otherSecret;

    /// <summary>Wraps a key.</summary>
    /// <param name="key">The text of the key.</param>
    /// <param name="source">The origin of the key, for error messages.</param>
    /// <exception cref="FwConfigurationException">The key is empty or contains characters other than visible ASCII.</exception>
    public ApiKey(string key, string source)
    {
        if (key.Length == 0)
        {
            throw new FwConfigurationException($"The API key from {source} is empty.");
        }
        foreach (var character in key)
        {
            if (character is <= ' ' or >= '\u007f')
            {
                var found = character is '\r' or '\n' ? "a line break" : "a space, control or non-ASCII character";
                throw new FwConfigurationException(
                    $"The API key from {source} contains {found}, so it was not sent. Copy the complete key again, without surrounding text."
                );
            }
        }
        _key = key;
        Source = source;
    }

    /// <summary>The origin of the key.</summary>
    public string Source { get; }

    /// <summary>The last four characters. Null for a key of fewer than 16 characters, of which they would show too much.</summary>
    public string? End => _key.Length < 16 ? null : _key.Substring(_key.Length - 4);

    /// <summary>A SHA-256 hash, which identifies the key without revealing it.</summary>
    public string Fingerprint => Sha256.Hash(_key);

    /// <summary>The value of the Authorization header.</summary>
    public AuthenticationHeaderValue ToHeader() => new("Bearer", _key);

    /// <summary>Whether a string is this key.</summary>
    public bool Matches(string text) => text == _key;

    /// <summary>Replaces the key in a string with a placeholder.</summary>
    public string Redact(string text)
    {
        text = text.Replace(_key, "(API key)");
        return _otherSecret is null ? text : text.Replace(_otherSecret, "(secret)");
    }

    /// <summary>The same key, whose <see cref="Redact"/> also replaces a secret in the body of a request.</summary>
    /// <param name="secret">The secret. Null or empty for none.</param>
    public ApiKey WithSecret(string? secret) =>
        string.IsNullOrEmpty(secret) ? this : new ApiKey(_key, Source) { _otherSecret = secret };

    public override string ToString() => "(API key)";
}
