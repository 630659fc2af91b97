namespace Fireworks.DpoJobs;

/// <summary>How a job reads from Amazon S3 (from the service's SDK; not on the reference pages).</summary>
public sealed class AwsS3Config : ApiObject
{
    /// <summary>The resource name of the secret that holds the credentials; not the credentials.</summary>
    public string? CredentialsSecret { get; set; }

    /// <summary>The role that the service takes on.</summary>
    public string? IamRoleArn { get; set; }
}
