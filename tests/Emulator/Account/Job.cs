using System.Globalization;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// One made-up job. Each property is computed from the seed and the job's index when it is read, so a filter over a
/// million jobs computes only what it compares.
/// </summary>
internal readonly struct Job(MadeUpAccount account, int index)
{
    private const long Minute = 60 * Timestamp.PerSecond;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long FinishedWithin = 180 * Day;
    private const long IdleWithin = 60 * Day;
    private const long ActiveWithin = 2 * Day;
    private const long ShortestRun = 5 * Minute;
    private const long LongestRun = 20 * Hour;

    public MadeUpAccount Account { get; } = account;

    public int Index { get; } = index;

    public Dice Dice { get; } = new(account.Seed, index);

    /// <summary>The place of the prefix among all, then the number: sorts exactly as the name does.</summary>
    public long NameRank => (PrefixIndex << 32) | (uint)Index;

    public string Id => Vocabulary.Prefixes[PrefixIndex].Text + Account.Number(Index);

    public string Name => Account.Name + "/dpoJobs/" + Id;

    public string DisplayName =>
        Dice.Percent(Purpose.DisplayName, 35) ? "" : Dice.Pick(Purpose.DisplayText, Vocabulary.DisplayNames);

    public string State => Dice.PickWeighted(Purpose.State, Vocabulary.States);

    public bool IsFinished => Vocabulary.FinalStates.Contains(State);

    public long CreateTime => Account.Now - Age;

    public long? CompletedTime
    {
        get
        {
            if (!IsFinished)
            {
                return null;
            }

            return RoundDown(CreateTime + Duration, Dice.Roll(Purpose.EndDigits, 3));
        }
    }

    public string CreatedBy => Dice.Pick(Purpose.Creator, Vocabulary.Creators);

    public string Dataset =>
        $"{Account.Name}/datasets/{Dice.Pick(Purpose.Dataset, Vocabulary.Datasets)}-v{1 + Dice.Roll(Purpose.DatasetVersion, 14)}";

    public string StatusCode =>
        State switch
        {
            "JOB_STATE_FAILED" => Failure.Code,
            "JOB_STATE_CANCELLED" => "CANCELLED",
            _ => "OK",
        };

    public string StatusMessage =>
        State == "JOB_STATE_FAILED"
            ? string.Format(CultureInfo.InvariantCulture, Failure.Message, 1 + Dice.Roll(Purpose.FailureDetail, 900))
            : "";

    public string TrainerLogsSignedUrl =>
        $"https://storage.example.com/trainer-logs/{Account.Id}/{Id}.log?X-Goog-Expires=600&X-Goog-Signature=secret-{Index}";

    public bool IsPilot => Dice.Percent(Purpose.Pilot, 3);

    public bool UsesReservation => Dice.Percent(Purpose.Reservation, 5);

    public JobTraining Training => new(this);

    public JobParts Parts => new(this);

    private long PrefixIndex => Dice.Roll(Purpose.Prefix, Vocabulary.Prefixes.Length);

    /// <summary>The index of the family of base models that the id names.</summary>
    public int Family => Vocabulary.Prefixes[PrefixIndex].Family;

    private (string Code, string Message) Failure => Dice.Pick(Purpose.Failure, Vocabulary.Failures);

    private long Duration => ShortestRun + Dice.Roll(Purpose.Duration, LongestRun - ShortestRun);

    /// <summary>How long ago the job was made: a finished one long enough ago to have finished, a running one lately.</summary>
    private long Age
    {
        get
        {
            var state = State;
            var (from, to) =
                Vocabulary.FinalStates.Contains(state) ? (Duration + Minute, FinishedWithin)
                : Vocabulary.IdleStates.Contains(state) ? (Hour, IdleWithin)
                : (Timestamp.PerSecond, ActiveWithin);
            var start = Account.Now - (from + Dice.Roll(Purpose.Age, to - from));
            return Account.Now - RoundDown(start, Dice.Roll(Purpose.StartDigits, 3));
        }
    }

    private static long RoundDown(long nanoseconds, long digits) =>
        digits switch
        {
            0 => nanoseconds - (nanoseconds % Timestamp.PerSecond),
            1 => nanoseconds - (nanoseconds % 1000),
            _ => nanoseconds,
        };
}
