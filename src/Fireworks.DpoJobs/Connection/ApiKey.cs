using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>A Fireworks.ai API key. Only the Authorization header gets its text.</summary>
[DebuggerDisplay("(API key)")]
internal sealed class ApiKey
{
    private const int MinLengthToShowEnd = 16;
    private const int EndLength = 4;

    private readonly string _key;

    private ApiKey(string key, string source)
    {
        _key = key;
        Source = source;
    }

    /// <summary>Where the key came from.</summary>
    public string Source { get; }

    /// <summary>The last four characters. Null for a key of fewer than 16 characters, of which they would show too much.</summary>
    public string? End => _key.Length < MinLengthToShowEnd ? null : _key.Substring(_key.Length - EndLength);

    /// <summary>Creates a key.</summary>
    /// <param name="key">The text of the key.</param>
    /// <param name="source">Where it came from, for error messages.</param>
    /// <exception cref="FwConfigurationException">The key is empty or contains characters other than visible ASCII.</exception>
    public static ApiKey Create(string key, string source)
    {
        if (key.Length == 0)
        {
            throw new FwConfigurationException($"The API key from {source} is empty.");
        }
        foreach (var character in key)
        {
            if (character is not (> ' ' and < '\u007f'))
            {
                var what = character is '\r' or '\n' ? "a line break" : "a space, control or non-ASCII character";
                throw new FwConfigurationException(
                    $"The API key from {source} contains {what}, so it was not sent. Copy the complete key again, without surrounding text."
                );
            }
        }
        return new ApiKey(key, source);
    }

    /// <summary>A SHA-256 hash, which identifies the key without revealing it.</summary>
    public string Fingerprint
    {
        get
        {
#if NET
            return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_key)));
#else
            using var hash = SHA256.Create();
            return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(_key)));
#endif
        }
    }

    /// <summary>Returns the value of the Authorization header.</summary>
    public AuthenticationHeaderValue ToHeader() => new("Bearer", _key);

    /// <summary>Replaces the key in a string with a placeholder.</summary>
    public string Redact(string text) => text.Replace(_key, "(API key)");

    /// <summary>Returns a placeholder.</summary>
    public override string ToString() => "(API key)";
}
