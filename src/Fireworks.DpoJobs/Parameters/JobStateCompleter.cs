namespace Fireworks.DpoJobs;

/// <summary>Completes job states, in the spelling of <see cref="JobState"/> or of the service.</summary>
internal sealed class JobStateCompleter : Completer
{
    /// <inheritdoc/>
    protected override IEnumerable<Completion> Complete(string typed) =>
        JobStates
            .Named.Where(state => StartsWith(state.ToString(), typed) || StartsWith(JobStates.ToWire(state), typed))
            .Select(state => new Completion(state.ToString(), state.ToString(), JobStates.Describe(state)));
}
