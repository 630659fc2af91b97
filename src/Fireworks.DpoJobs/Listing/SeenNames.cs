namespace Fireworks.DpoJobs;

/// <summary>
/// Which names have come in a listing. Of each name 8 bytes are kept, in blocks that never move: tables that grow leave
/// their old selves behind, which at a million jobs is more memory than what is kept.
/// </summary>
/// <remarks>
/// A name greater than all before is new without doubt: so in the service's default order, by name, no job is ever taken for
/// another. In another order two different names have the same fingerprint, and the later job would be left out, with a
/// chance of n² / 2⁶⁵: for a million jobs, one listing in 36 million.
/// </remarks>
internal sealed class SeenNames
{
    private const int BucketCount = 1024;

    private readonly FingerprintBlock?[] _buckets = new FingerprintBlock?[BucketCount];
    private string? _greatest;

    /// <summary>Adds a name. False when it has come before.</summary>
    public bool Add(string name)
    {
        var fingerprint = Fingerprint.Of(name);
        ref var bucket = ref _buckets[fingerprint % BucketCount];
        if (_greatest is null || string.CompareOrdinal(name, _greatest) > 0)
        {
            _greatest = name;
        }
        else if (bucket?.Contains(fingerprint) == true)
        {
            return false;
        }
        bucket = (bucket ?? new FingerprintBlock(null)).Add(fingerprint);
        return true;
    }
}
