using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>A state of a job.</summary>
/// <param name="State">The state.</param>
/// <param name="Since">The time since when the job has been in that state, in nanoseconds since 1970.</param>
/// <param name="Trained">How much of the training the job had done at that time, from 0 to 1.</param>
internal readonly record struct Phase(string State, long Since, double Trained = 0);

/// <summary>
/// The states of all jobs over time. A job moves through VALIDATING, PENDING, CREATING and RUNNING to COMPLETED, or every
/// eighth job to FAILED. Cancelling and deleting it takes the transition time. The record of a deleted job is kept for 30 days.
/// </summary>
/// <param name="clock">The time in the account.</param>
/// <param name="transition">How many seconds a job is CANCELLING, DELETING or DELETING_CLEANING_UP.</param>
internal sealed class Lifecycle(VirtualClock clock, long transition)
{
    public const string Validating = "JOB_STATE_VALIDATING";
    public const string Pending = "JOB_STATE_PENDING";
    public const string Creating = "JOB_STATE_CREATING";
    public const string Running = "JOB_STATE_RUNNING";
    public const string Completed = "JOB_STATE_COMPLETED";
    public const string Failed = "JOB_STATE_FAILED";
    public const string Cancelling = "JOB_STATE_CANCELLING";
    public const string Cancelled = "JOB_STATE_CANCELLED";
    public const string Deleting = "JOB_STATE_DELETING_CLEANING_UP";
    public const string Deleted = "JOB_STATE_DELETED";

    /// <summary>The state of a job whose record is no longer kept. It is not part of the API.</summary>
    private const string Gone = "";

    private const long RetentionSeconds = 30 * 24 * 3600;

    // The state that follows, and after how many seconds. Jobs in other states do not move.
    private static readonly Dictionary<string, (string Next, long Seconds)> Steps = new()
    {
        ["JOB_STATE_CREATING_INPUT_DATASET"] = (Validating, 60),
        ["JOB_STATE_RE_QUEUEING"] = (Pending, 60),
        [Validating] = (Pending, 60),
        [Pending] = (Creating, 120),
        [Creating] = (Running, 60),
        [Running] = (Completed, 600),
        ["JOB_STATE_WRITING_RESULTS"] = (Completed, 60),
    };

    private static readonly string[] Resumable = [Failed, Cancelled, "JOB_STATE_EXPIRED", "JOB_STATE_PAUSED"];

    private readonly ConcurrentDictionary<int, Phase[]> _changed = new();
    private readonly Lock _lock = new();
    private long _changes;

    /// <summary>A number that grows whenever a job may have changed; 0 as long as none has.</summary>
    public long Version => Volatile.Read(ref _changes) + clock.ElapsedSeconds;

    /// <summary>Whether the record of a deleted job is no longer kept.</summary>
    public bool IsGone(Job job) => Version > 0 && Find(job).State == Gone;

    /// <summary>The present state of a job.</summary>
    public Phase Find(Job job)
    {
        var changes = Volatile.Read(ref _changes);
        if (changes == 0 && clock.ElapsedSeconds == 0)
        {
            return new Phase(job.OriginalState, clock.Start);
        }

        return changes > 0 && _changed.TryGetValue(job.Index, out var phases) ? Current(phases)
            : Moves(job) ? Current(Original(job))
            : new Phase(job.OriginalState, clock.Start);
    }

    /// <summary>When a job finished; null if it has not.</summary>
    public long? FindCompletedTime(Job job) =>
        Version == 0 || (!_changed.ContainsKey(job.Index) && !Moves(job)) ? job.OriginalCompletedTime : FindEnd(job);

    /// <summary>How much of its training a job has done, from 0 to 1; null if it has not begun, or is deleted.</summary>
    public double? FindTrained(Job job)
    {
        var phase = Current(PhasesOf(job));
        if (phase.State != Running)
        {
            return phase.State is Deleted or Gone || phase.Trained == 0 ? null : phase.Trained;
        }

        var share = (clock.Now - phase.Since) / (double)(Steps[Running].Seconds * Timestamp.PerSecond);
        return phase.Trained + ((TrainedAtEnd(job, phase.Trained) - phase.Trained) * Math.Min(1, share));
    }

    /// <summary>Starts the life of a job that was just created.</summary>
    public void Begin(Job job)
    {
        lock (_lock)
        {
            _changed[job.Index] = [.. PhasesFrom(job, Validating, clock.Now, trained: 0)];
            Interlocked.Increment(ref _changes);
        }
    }

    /// <summary>Puts a job into a state, from which it moves on. If it is to train yet, it does so from the beginning.</summary>
    public void SetState(Job job, string state)
    {
        lock (_lock)
        {
            Change(
                job,
                state,
                state is Completed or "JOB_STATE_WRITING_RESULTS" ? 1
                    : Steps.ContainsKey(state) ? 0
                    : FindTrained(job) ?? 0
            );
        }
    }

    /// <summary>Undoes all changes, and puts the clock back. The version grows nevertheless.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            Interlocked.Add(ref _changes, clock.ElapsedSeconds + 1);
            clock.Restore();
            _changed.Clear();
        }
    }

    /// <exception cref="ApiException">The job has ended.</exception>
    public void Cancel(Job job)
    {
        lock (_lock)
        {
            var state = Find(job).State;
            if (IsRemoved(state) || Vocabulary.FinalStates.Contains(state))
            {
                throw ApiException.FailedPrecondition($"cannot cancel job in state: {state}");
            }

            if (state != Cancelling)
            {
                Change(job, Cancelling, FindTrained(job) ?? 0);
            }
        }
    }

    /// <summary>Deletes a job. Has no effect on a deleted job: its record is kept no longer because of it.</summary>
    public void Delete(Job job)
    {
        lock (_lock)
        {
            if (Find(job).State is not (Deleted or Gone))
            {
                Change(job, Deleting, FindTrained(job) ?? 0);
            }
        }
    }

    /// <exception cref="ApiException">The state of the job does not allow it.</exception>
    public void Resume(Job job)
    {
        lock (_lock)
        {
            var state = Find(job).State;
            if (!Resumable.Contains(state))
            {
                throw ApiException.FailedPrecondition($"cannot resume job in state: {state}");
            }

            Change(job, Pending, FindTrained(job) ?? 0);
        }
    }

    private static bool IsRemoved(string state) => state is Deleting or "JOB_STATE_DELETING" or Deleted or Gone;

    /// <summary>Whether a job that no call has changed may have moved since the start.</summary>
    private bool Moves(Job job) => clock.ElapsedSeconds > 0 && FindNext(job.OriginalState, succeeds: true) is not null;

    private (string Next, long Seconds)? FindNext(string state, bool succeeds) =>
        state switch
        {
            Running when !succeeds => (Failed, Steps[Running].Seconds),
            Cancelling => (Cancelled, transition),
            Deleting or "JOB_STATE_DELETING" => (Deleted, transition),
            Deleted => (Gone, RetentionSeconds),
            _ => Steps.TryGetValue(state, out var step) ? step : null,
        };

    private static bool Succeeds(Job job) => job.Index % 8 != 7;

    private static double TrainedAtEnd(Job job, double trained) =>
        Succeeds(job) ? 1 : Math.Max(trained, job.FailurePoint);

    // The states from one on.
    private IEnumerable<Phase> PhasesFrom(Job job, string state, long since, double trained)
    {
        yield return new Phase(state, since, trained);
        while (FindNext(state, Succeeds(job)) is var (next, seconds))
        {
            trained = state == Running ? TrainedAtEnd(job, trained) : trained;
            state = next;
            since += seconds * Timestamp.PerSecond;
            yield return new Phase(state, since, trained);
        }
    }

    private Phase[] Original(Job job) =>
        [.. PhasesFrom(job, job.OriginalState, job.OriginalCompletedTime ?? clock.Start, job.OriginalTrained)];

    private Phase[] PhasesOf(Job job) =>
        _changed.TryGetValue(job.Index, out var phases) ? phases
        : Moves(job) ? Original(job)
        : [Original(job)[0]];

    private long? FindEnd(Job job)
    {
        var now = clock.Now;
        var last = PhasesOf(job)
            .LastOrDefault(phase => phase.Since <= now && !IsRemoved(phase.State), new Phase(Running, 0));
        return Vocabulary.FinalStates.Contains(last.State) ? last.Since : null;
    }

    private Phase Current(Phase[] phases)
    {
        var now = clock.Now;
        return Array.FindLast(phases, phase => phase.Since <= now);
    }

    private void Change(Job job, string state, double trained)
    {
        var now = clock.Now;
        _changed[job.Index] =
        [
            .. PhasesOf(job).Where(phase => phase.Since <= now),
            .. PhasesFrom(job, state, now, trained),
        ];
        Interlocked.Increment(ref _changes);
    }
}
