using System;
using System.Linq;
using System.Text;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>
/// Takes the key of a request out of what the service sends back: a key of no known form is recognised by its text alone.
/// </summary>
/// <param name="key">The key. Empty for none.</param>
internal sealed class KeyScrubber(string key)
{
    /// <summary>For the key that a request carries.</summary>
    public static KeyScrubber For(Exchange exchange) =>
        new(
            exchange
                .RequestHeaders.Where(header => header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                .Select(header => header.Value.Split(' ', 2)[^1].Trim())
                .FirstOrDefault("")
        );

    /// <summary>A text without the key, as it is or escaped as in an address.</summary>
    public string Scrub(string text) =>
        key.Length == 0
            ? text
            : text.Replace(key, TextScrubber.Redacted, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(key), TextScrubber.Redacted, StringComparison.Ordinal);

    /// <summary>A header without the key.</summary>
    public HarPair Scrub(HarPair header) => header with { Value = Scrub(header.Value) };

    /// <summary>A body without the key, byte for byte whatever its encoding: a key is ASCII.</summary>
    public byte[] Scrub(byte[] body) =>
        key.Length == 0 ? body : Encoding.Latin1.GetBytes(Scrub(Encoding.Latin1.GetString(body)));
}
