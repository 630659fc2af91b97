namespace Fireworks.DpoJobs;

/// <summary>The address of a job's metrics file: the response of <c>GET …/dpoJobs/{id}:getMetricsFileEndpoint</c> (Python SDK).</summary>
internal sealed class MetricsFileEndpoint : ApiObject
{
    /// <summary>The signed address, which is valid for about ten minutes. Null while there is no file.</summary>
    public SecretText? SignedUrl
    {
        get;
        set => (field, HasFields) = (value, true);
    }

    /// <summary>Whether the service sent the field. It may omit an empty one.</summary>
    internal bool HasFields { get; private set; }

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 9 when name.SequenceEqual("signedUrl"u8):
                SignedUrl = reader.ReadSecret();
                return true;
            default:
                return false;
        }
    }
}
