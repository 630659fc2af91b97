namespace Fireworks.DpoJobs;

/// <summary>
/// A file that a job writes while it trains: its metrics, or the log of its trainer. It is at a signed address, which is
/// requested when it is needed, and again when it has expired.
/// </summary>
internal sealed class JobFile
{
    private const int NotFound = 404;
    private const int OutOfRange = 416;

    private readonly FireworksClient _client;
    private readonly Func<CancellationToken, Task<SecretText?>> _findAddress;
    private SecretText? _address;

    private JobFile(
        FireworksClient client,
        ResourceName name,
        string kind,
        Func<CancellationToken, Task<SecretText?>> findAddress
    )
    {
        _client = client;
        Name = name;
        Kind = kind;
        _findAddress = findAddress;
    }

    /// <summary>The job.</summary>
    public ResourceName Name { get; }

    /// <summary>The kind of file, for messages: <c>metrics file</c> or <c>trainer log</c>.</summary>
    public string Kind { get; }

    /// <summary>The file for messages: <c>metrics file of nightly-1</c>.</summary>
    public string Description => $"{Kind} of {Name.Id}";

    /// <summary>The metrics of a job, as JSON Lines.</summary>
    public static JobFile Metrics(FireworksClient client, ResourceName name) =>
        new(client, name, "metrics file", token => FindMetricsAddressAsync(client, name, token));

    /// <summary>The standard output and standard error of the trainer of a job.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">The full name of the job.</param>
    /// <param name="job">The job, whose address is used as long as it is valid. Null when only its name is known.</param>
    public static JobFile Log(FireworksClient client, ResourceName name, DpoJob? job) =>
        new(
            client,
            name,
            "trainer log",
            async token => (await client.GetDpoJobAsync(name, null, token).ConfigureAwait(false)).TrainerLogsSignedUrl
        )
        {
            _address = job?.TrainerLogsSignedUrl,
        };

    /// <summary>Starts a download.</summary>
    /// <param name="part">The part to request. Null for the whole.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <returns>The file. Null when there is no file yet.</returns>
    /// <exception cref="FwException">The address or the file could not be retrieved.</exception>
    public async Task<DownloadStream?> OpenAsync(DownloadPart? part, CancellationToken cancellationToken)
    {
        for (var isRenewed = false; ; isRenewed = true)
        {
            var isNew = _address is null;
            _address ??= await _findAddress(cancellationToken).ConfigureAwait(false);
            if (_address is null)
            {
                return null;
            }
            try
            {
                return await _client.DownloadAsync(_address, part, cancellationToken).ConfigureAwait(false);
            }
            // Storage services respond to an expired address with different statuses.
            catch (FwApiException rejection) when (rejection.StatusCode is 400 or 401 or 403 or NotFound or 410)
            {
                _address = null;
                if (isNew && rejection.StatusCode == NotFound)
                {
                    return null;
                }
                if (isRenewed)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Whether a download failed because the file has no byte in the requested part.</summary>
    public static bool IsOutOfRange(FwException failure) => failure is FwApiException { StatusCode: OutOfRange };

    /// <summary>The error for a part at a position that was not requested.</summary>
    public FwResponseException WrongPart() => new($"The server sent another part of the {Description} than requested.");

    // The service may respond with 404 while there is no file, and certainly does when there is no job.
    private static async Task<SecretText?> FindMetricsAddressAsync(
        FireworksClient client,
        ResourceName name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client.GetMetricsFileAddressAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (FwApiException failure) when (failure.IsNotFound || failure.StatusCode == NotFound)
        {
            await client.GetDpoJobAsync(name, null, cancellationToken).ConfigureAwait(false);
            return null;
        }
    }
}
