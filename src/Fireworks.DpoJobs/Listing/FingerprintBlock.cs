namespace Fireworks.DpoJobs;

/// <summary>A few fingerprints, and the block that was full before this one.</summary>
internal sealed class FingerprintBlock(FingerprintBlock? previous)
{
    private readonly ulong[] _values = new ulong[32];
    private int _count;

    /// <summary>The block to add to: this one, or a new one when it is full.</summary>
    public FingerprintBlock Add(ulong fingerprint)
    {
        var block = _count < _values.Length ? this : new FingerprintBlock(this);
        block._values[block._count++] = fingerprint;
        return block;
    }

    /// <summary>Whether a fingerprint is in this block or in one before it.</summary>
    public bool Contains(ulong fingerprint)
    {
        for (var block = this; block is not null; block = block.Previous)
        {
            for (var i = 0; i < block._count; i++)
            {
                if (block._values[i] == fingerprint)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private FingerprintBlock? Previous { get; } = previous;
}
