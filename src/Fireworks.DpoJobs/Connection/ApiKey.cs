using System;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>A Fireworks.ai API key. It leaves this object in the Authorization header only.</summary>
[DebuggerDisplay("(API key)")]
internal sealed class ApiKey
{
    private const int ShortestKeyToShow = 16;
    private const int ShownCharacters = 4;

    private readonly string _key;

    private ApiKey(string key, string source)
    {
        _key = key;
        Source = source;
    }

    /// <summary>Where the key came from.</summary>
    public string Source { get; }

    /// <summary>The last four characters. Null for a key too short to show so much of.</summary>
    public string? End => _key.Length < ShortestKeyToShow ? null : _key.Substring(_key.Length - ShownCharacters);

    /// <summary>Takes a key.</summary>
    /// <param name="key">The key's text.</param>
    /// <param name="source">Where it came from.</param>
    /// <exception cref="FwConfigurationException">The key cannot stand in a header: it is empty or has blanks, line breaks or other characters in it.</exception>
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
                var what = character is '\r' or '\n' ? "a line break" : "a blank, control or non-ASCII character";
                throw new FwConfigurationException(
                    $"The API key from {source} holds {what}, so it was not sent. Copy the key again, alone and whole."
                );
            }
        }
        return new ApiKey(key, source);
    }

    /// <summary>Tells keys apart without being one: a SHA-256 hash.</summary>
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

    /// <summary>The value of the Authorization header.</summary>
    public AuthenticationHeaderValue ToHeader() => new("Bearer", _key);

    /// <summary>Takes the key out of a text that is to be shown.</summary>
    public string Redact(string text) => text.Replace(_key, "(API key)");

    /// <summary>A placeholder; never the key.</summary>
    public override string ToString() => "(API key)";
}
