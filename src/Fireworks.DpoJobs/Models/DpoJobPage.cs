using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>One page of a listing (reference page "List Dpo Jobs", <c>gatewayListDpoJobsResponse</c>).</summary>
public sealed class DpoJobPage : ApiObject
{
    /// <summary>The jobs of the page. May be empty although more pages follow (AIP-158); never <c>null</c>.</summary>
    [JsonPropertyName("dpoJobs")]
    public IReadOnlyList<DpoJob> Jobs
    {
        get;
        set => (field, HasFields) = (value ?? [], true);
    } = [];

    /// <summary>The value of <c>-PageToken</c> for the next page. Null on the last page.</summary>
    public string? NextPageToken
    {
        get;
        set => (field, HasFields) = (value, true);
    }

    /// <summary>
    /// The number of jobs in the whole listing that match the filter. May be an estimate (AIP-158). Null when the service
    /// did not send it.
    /// </summary>
    public long? TotalSize
    {
        get;
        set => (field, HasFields) = (value, true);
    }

    /// <summary>Whether the service sent any field of a page. Every page has some, also that of an empty account.</summary>
    internal bool HasFields { get; private set; }

    /// <summary>The memory that was allocated to read the page, in bytes. It occupies at most that. 0 when it was not measured.</summary>
    internal long MemorySize { get; set; }

    [MethodImpl(PlainReader.Optimized)]
    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 7 when name.SequenceEqual("dpoJobs"u8):
                Jobs = reader.ReadObjects<DpoJob>()!;
                return true;
            case 9 when name.SequenceEqual("totalSize"u8):
                TotalSize = reader.ReadInt64();
                return true;
            case 13 when name.SequenceEqual("nextPageToken"u8):
                NextPageToken = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}
