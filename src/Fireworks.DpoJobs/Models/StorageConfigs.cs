namespace Fireworks.DpoJobs;

/// <summary>Access to a dataset in Amazon S3 (<c>awsS3Config</c>; Python SDK, not on the reference pages).</summary>
public sealed class AwsS3Config : ApiObject
{
    /// <summary>The full resource name of the secret with the credentials, not the credentials themselves. Null when not set.</summary>
    public string? CredentialsSecret { get; set; }

    /// <summary>The ARN of the IAM role that the service assumes. Null when not set.</summary>
    public string? IamRoleArn { get; set; }

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 10 when name.SequenceEqual("iamRoleArn"u8):
                IamRoleArn = reader.ReadText();
                return true;
            case 17 when name.SequenceEqual("credentialsSecret"u8):
                CredentialsSecret = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}

/// <summary>Access to a dataset in Azure Blob Storage (<c>azureBlobStorageConfig</c>; Python SDK, not on the reference pages).</summary>
public sealed class AzureBlobStorageConfig : ApiObject
{
    /// <summary>The full resource name of the secret with the credentials, not the credentials themselves. Null when not set.</summary>
    public string? CredentialsSecret { get; set; }

    /// <summary>The client ID of the managed identity. Null when not set.</summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>The Azure tenant ID. Null when not set.</summary>
    public string? TenantId { get; set; }

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 8 when name.SequenceEqual("tenantId"u8):
                TenantId = reader.ReadText();
                return true;
            case 17 when name.SequenceEqual("credentialsSecret"u8):
                CredentialsSecret = reader.ReadText();
                return true;
            case 23 when name.SequenceEqual("managedIdentityClientId"u8):
                ManagedIdentityClientId = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}
