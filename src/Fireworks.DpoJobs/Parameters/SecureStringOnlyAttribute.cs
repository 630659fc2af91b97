using System;
using System.Management.Automation;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>
/// Refuses plain text where a SecureString belongs, in words of its own: the engine's error would print the text, which
/// is a key.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecureStringOnlyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            SecureString secret => secret,
            _ => throw new ArgumentTransformationMetadataException(
                "A SecureString is needed, so that the key does not end up in a history or a log: "
                    + "Read-Host -AsSecureString, or Get-Secret of Microsoft.PowerShell.SecretManagement."
            ),
        };
}
