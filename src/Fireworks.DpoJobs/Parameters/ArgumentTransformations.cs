using System.Collections;
using System.Management.Automation;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>Values that argument transformations receive: PowerShell may wrap them in a PSObject.</summary>
internal static class ArgumentValue
{
    /// <summary>The value without its PSObject.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>Transforms a value, or each item of a list.</summary>
    public static object? Transform(object? value, Func<object?, object?> transform) =>
        Unwrap(value) is IList items ? items.Cast<object?>().Select(transform).ToArray() : transform(value);
}

/// <summary>
/// Converts job states to the spelling of the service: <c>failed</c> to <c>JOB_STATE_FAILED</c>. A state that is unknown to
/// this version is accepted in that spelling.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobStateAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ArgumentValue.Transform(inputData, ToWireName);

    private static object ToWireName(object? item)
    {
        var text = ArgumentValue.Unwrap(item)?.ToString() ?? "";
        return JobStates.FindWireName(text)
            ?? throw new ArgumentTransformationMetadataException(
                $"'{ControlCharacters.MakeVisible(text)}' is not a state. Use {string.Join(", ", JobStates.Named)}, "
                    + "or the service's name of a newer state (JOB_STATE_…)."
            );
    }
}

/// <summary>
/// Accepts the time of a deserialized job. In a session that had not imported the module when it received the job, such a time
/// has the properties of a DateTimeOffset, but not its type.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DeserializedTimeAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is PSObject time && ArgumentValue.Unwrap(time.Properties["UtcDateTime"]?.Value) is DateTime utc
            ? utc
            : inputData;
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
