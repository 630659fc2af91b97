namespace Fireworks.DpoJobs;

/// <summary>64 bits of a text, mixed as XXH64 mixes them: four characters a step.</summary>
internal static class Fingerprint
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;

    /// <summary>The fingerprint of a text. Texts of different characters have, very nearly always, different ones.</summary>
    public static ulong Of(string text)
    {
        // The length tells a short last step from one that ends with zeros.
        var hash = Prime3 + (ulong)text.Length;
        var block = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            block = (block << 16) | text[i];
            if ((i & 3) == 3)
            {
                hash = Mix(hash, block);
                block = 0;
            }
        }
        hash = Mix(hash, block);
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Mix(ulong hash, ulong block) =>
        (RotateLeft(hash ^ (RotateLeft(block * Prime2, 31) * Prime1), 27) * Prime1) + Prime4;

    private static ulong RotateLeft(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
}
