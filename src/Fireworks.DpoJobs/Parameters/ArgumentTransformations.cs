using System.Collections;
using System.Management.Automation;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>Values that argument transformations receive: PowerShell may wrap them in a PSObject.</summary>
internal static class ArgumentValue
{
    /// <summary>The value without its PSObject.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The items of a list; any other value is a single item.</summary>
    public static IEnumerable<object?> ToItems(object? value) =>
        Unwrap(value) is IList items ? items.Cast<object?>() : [value];
}

/// <summary>
/// Converts job states to the spelling of the service: <c>failed</c> to <c>JOB_STATE_FAILED</c>. A state that is unknown to
/// this version is accepted in that spelling. Commas separate states, because <c>pwsh -File</c> passes a list as one string.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobStateAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ArgumentValue
            .ToItems(inputData)
            .SelectMany(item => (ArgumentValue.Unwrap(item)?.ToString() ?? "").Split(','))
            .Select(ToWireName)
            .ToArray();

    private static string ToWireName(string text) =>
        JobStates.FindWireName(text)
        ?? throw new ArgumentTransformationMetadataException(
            $"'{ControlCharacters.MakeVisible(SecretPatterns.Redact(text))}' is not a state. Use {string.Join(", ", JobStates.Named)}, "
                + "or the service's name of a newer state (JOB_STATE_…)."
        );
}

/// <summary>Rejects a key that is not a SecureString. The message does not contain the key, unlike PowerShell's own.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecureStringOnlyAttribute : ArgumentTransformationAttribute
{
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
