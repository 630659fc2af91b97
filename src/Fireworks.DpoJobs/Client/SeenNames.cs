namespace Fireworks.DpoJobs.Client;

/// <summary>
/// Which names have come in a listing. Of each name, 8 bytes are kept, so that a listing of a million jobs takes some
/// 12 MB and not the 150 MB of the names themselves.
/// </summary>
/// <remarks>
/// A name greater than all before is new without doubt: so in the service's default order, by name, no job is ever taken for
/// another. In another order two different names have the same fingerprint, and the later job would be left out, with a
/// chance of n² / 2⁶⁵: for a million jobs, one listing in 36 million.
/// </remarks>
internal sealed class SeenNames
{
    // Many small tables: each grows by itself, so that no two large ones are held while names move.
    private readonly FingerprintTable?[] _tables = new FingerprintTable?[256];
    private string? _greatest;

    /// <summary>Adds a name. False when it has come before.</summary>
    public bool Add(string name)
    {
        var isGreatest = _greatest is null || string.CompareOrdinal(name, _greatest) > 0;
        if (isGreatest)
        {
            _greatest = name;
        }
        var fingerprint = Fingerprint.Of(name);
        var table = _tables[fingerprint >> 56] ??= new FingerprintTable();
        return table.Add(fingerprint) || isGreatest;
    }
}
