namespace Fireworks.DpoJobs;

/// <summary>How a job reads from Azure Blob Storage (from the service's SDK; not on the reference pages).</summary>
public sealed class AzureBlobStorageConfig : ApiObject
{
    /// <summary>The resource name of the secret that holds the credentials; not the credentials.</summary>
    public string? CredentialsSecret { get; set; }

    /// <summary>The client id of the managed identity.</summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>The id of the tenant.</summary>
    public string? TenantId { get; set; }
}
