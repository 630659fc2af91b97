using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// Turns states into the service's spelling: <c>failed</c> becomes <c>JOB_STATE_FAILED</c>. One that this version does not know
/// may be given in that spelling.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobStateAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrap(inputData) is IList items ? items.Cast<object?>().Select(Find).ToArray() : Find(inputData);

    private static object Find(object? item)
    {
        var text = Unwrap(item)?.ToString() ?? "";
        return JobStates.FindWireName(text)
            ?? throw new ArgumentTransformationMetadataException(
                $"'{ControlCharacters.MakeVisible(text)}' is not a state. The states are {string.Join(", ", JobStates.Named)}, and others as the service spells them: JOB_STATE_…"
            );
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
