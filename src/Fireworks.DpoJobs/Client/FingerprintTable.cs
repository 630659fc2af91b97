namespace Fireworks.DpoJobs.Client;

/// <summary>A set of fingerprints, by open addressing: 10 to 13 bytes for each.</summary>
internal sealed class FingerprintTable
{
    private ulong[] _slots = new ulong[16];
    private int _count;

    /// <summary>Adds a fingerprint. False when it is there already.</summary>
    public bool Add(ulong fingerprint)
    {
        // 0 stands for a free slot.
        fingerprint = fingerprint == 0 ? 1 : fingerprint;
        if (!Insert(_slots, fingerprint))
        {
            return false;
        }
        _count++;
        if (_count > _slots.Length / 5 * 4)
        {
            Grow();
        }
        return true;
    }

    private void Grow()
    {
        var larger = new ulong[_slots.Length + (_slots.Length / 4)];
        foreach (var fingerprint in _slots)
        {
            if (fingerprint != 0)
            {
                Insert(larger, fingerprint);
            }
        }
        _slots = larger;
    }

    private static bool Insert(ulong[] slots, ulong fingerprint)
    {
        // The low half, scaled to the table.
        var index = (int)(((fingerprint & uint.MaxValue) * (ulong)slots.Length) >> 32);
        while (slots[index] != 0)
        {
            if (slots[index] == fingerprint)
            {
                return false;
            }
            index = index + 1 == slots.Length ? 0 : index + 1;
        }
        slots[index] = fingerprint;
        return true;
    }
}
