using System.Management.Automation;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>Rejects a key that is not a SecureString. The message does not contain the key, unlike PowerShell's own.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecureStringOnlyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ArgumentValue.Unwrap(inputData) switch
        {
            null => null,
            SecureString secret => secret,
            _ => throw new ArgumentTransformationMetadataException(
                "The API key must be a SecureString, so that it does not appear in a history or a log. "
                    + "Use Read-Host -AsSecureString, or Get-Secret from Microsoft.PowerShell.SecretManagement."
            ),
        };
}
