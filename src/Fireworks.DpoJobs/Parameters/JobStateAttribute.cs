using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Converts job states to the spelling of the service: <c>failed</c> to <c>JOB_STATE_FAILED</c>. A state that is unknown to
/// this version is accepted in that spelling.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobStateAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
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
