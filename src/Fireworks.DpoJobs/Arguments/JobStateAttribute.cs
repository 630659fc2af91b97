using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using Fireworks.DpoJobs.Models;
using JobState = Fireworks.DpoJobs.Models.JobState;

namespace Fireworks.DpoJobs.Arguments;

/// <summary>Takes states as the service spells them too: <c>JOB_STATE_FAILED</c>. Anything else is left to the engine.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobStateAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrap(inputData) is IList items ? items.Cast<object?>().Select(Find).ToArray() : Find(inputData);

    private static object? Find(object? item) =>
        Unwrap(item) is string text && JobStates.Parse(text) is { } state and not JobState.Unrecognized ? state : item;

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
