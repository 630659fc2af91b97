namespace Fireworks.DpoJobs;

/// <summary>Removes duplicate and unwanted jobs from a listing, and ends it at a limit.</summary>
/// <param name="accepts">Whether a job is wanted. Called on any thread. Null for all jobs.</param>
/// <param name="limit">The maximum number of jobs. Null for no limit.</param>
internal sealed class JobLimiter(Func<DpoJob, bool>? accepts = null, int? limit = null)
{
    private readonly SeenNames _names = new();

    /// <summary>How many more jobs can be taken. Null for no limit.</summary>
    public int? Remaining { get; private set; } = limit;

    /// <summary>How many different jobs the service sent, wanted or not.</summary>
    public long Received { get; private set; }

    /// <summary>Takes the wanted jobs of a list. Returns the same list when it takes all of them.</summary>
    public IReadOnlyList<DpoJob> Take(IReadOnlyList<DpoJob> jobs)
    {
        var taken = jobs.Where(job => job is not null && IsNew(job) && (accepts is null || accepts(job)))
            .Take(Remaining ?? int.MaxValue)
            .ToList();
        Remaining -= taken.Count;
        return taken.Count == jobs.Count ? jobs : taken;
    }

    /// <summary>Whether a job was taken, or removed as unwanted.</summary>
    public bool HasSeen(string name) => _names.Contains(name);

    // A job without a name (a read mask may exclude it) cannot be recognized as a duplicate.
    private bool IsNew(DpoJob job)
    {
        var isNew = job.Name is null || _names.Add(job.Name);
        Received += isNew ? 1 : 0;
        return isNew;
    }
}

/// <summary>
/// The names that a listing has already returned. Stores 8 bytes per name, in blocks that never move: a growing hash table
/// would leave garbage, which at a million jobs is more memory than the names need.
/// </summary>
/// <remarks>
/// A name greater than all previous ones is certainly new, so in the service's default order, by name, no two jobs are ever
/// confused. In any other order, a job is lost when its name has the fingerprint of another name. The probability is n² / 2⁶⁵:
/// for a million jobs, one listing in 36 million. The key of the hash is random, so names cannot be chosen to be lost.
/// </remarks>
/// <param name="bucketCount">The number of buckets. Finding a name takes time in proportion to the names per bucket.</param>
internal sealed class SeenNames(int bucketCount = SeenNames.ManyBuckets)
{
    /// <summary>For a whole listing.</summary>
    public const int ManyBuckets = 1024;

    /// <summary>For one of many ranges, with about a thousand names.</summary>
    public const int FewBuckets = 64;

    private readonly SipHash _hash = SipHash.CreateRandom();
    private readonly Block?[] _buckets = new Block?[bucketCount];
    private string? _greatest;

    /// <summary>Adds a name. Returns false when it was added before.</summary>
    public bool Add(string name)
    {
        var fingerprint = _hash.Compute(name);
        ref var bucket = ref _buckets[fingerprint % (ulong)_buckets.Length];
        if (_greatest is null || string.CompareOrdinal(name, _greatest) > 0)
        {
            _greatest = name;
        }
        else if (bucket?.Contains(fingerprint) == true)
        {
            return false;
        }
        bucket = (bucket ?? new Block(null)).Add(fingerprint);
        return true;
    }

    public bool Contains(string name)
    {
        var fingerprint = _hash.Compute(name);
        return _buckets[fingerprint % (ulong)_buckets.Length]?.Contains(fingerprint) == true;
    }

    /// <summary>Some fingerprints, and the full block before them.</summary>
    private sealed class Block(Block? previous)
    {
        private readonly ulong[] _values = new ulong[32];
        private readonly Block? _previous = previous;
        private int _count;

        /// <summary>Adds a fingerprint and returns the block that has room for the next one.</summary>
        public Block Add(ulong fingerprint)
        {
            var block = _count < _values.Length ? this : new Block(this);
            block._values[block._count++] = fingerprint;
            return block;
        }

        public bool Contains(ulong fingerprint)
        {
            for (var block = this; block is not null; block = block._previous)
            {
                if (Array.IndexOf(block._values, fingerprint, 0, block._count) >= 0)
                {
                    return true;
                }
            }
            return false;
        }
    }
}
