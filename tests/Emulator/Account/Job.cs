using System;
using System.Collections.Generic;
using System.Globalization;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// One made-up job. Each property is computed from the seed and the job's index when it is read, so a filter on a million
/// jobs computes only the values that it compares.
/// </summary>
internal readonly struct Job(MadeUpAccount account, int index)
{
    private const long Minute = 60 * Timestamp.PerSecond;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    private const long FinishedWithin = 180 * Day;
    private const long IdleWithin = 60 * Day;
    private const long ActiveWithin = 2 * Day;
    private const long MinRun = 5 * Minute;
    private const long MaxRun = 20 * Hour;

    private static readonly decimal[] LearningRates = [0.0003m, 0.0001m, 0.00005m, 0.00002m, 0.000005m];
    private static readonly decimal[] Betas = [0.01m, 0.05m, 0.1m, 0.3m];

    private static readonly string[][] ModuleSets =
    [
        [],
        [],
        ["q_proj", "v_proj"],
        ["k_proj", "o_proj", "q_proj", "v_proj"],
    ];

    private static readonly (string Choice, int Weight)[] LossMethods =
    [
        ("DPO", 60),
        ("METHOD_UNSPECIFIED", 20),
        ("ORPO", 15),
        ("GRPO", 3),
        ("DAPO", 1),
        ("GSPO_TOKEN", 1),
    ];

    private readonly MadeUpAccount _account = account;
    private readonly SeededRandom _random = new(account.Seed, index);

    public int Index { get; } = index;

    /// <summary>Sorts exactly as <see cref="Name"/> does.</summary>
    public long NameRank => (PrefixIndex << 32) | (uint)Index;

    public string Id => Created?.Id ?? Vocabulary.Prefixes[PrefixIndex].Text + _account.FormatNumber(Index);

    /// <summary>The request that created the job; null for a made-up job.</summary>
    public CreatedJob? Created => _account.FindCreated(Index);

    public string Name => MadeUpAccount.Name + "/dpoJobs/" + Id;

    public string DisplayName =>
        _random.Percent(Purpose.DisplayName, 35) ? "" : _random.Pick(Purpose.DisplayText, Vocabulary.DisplayNames);

    public string State => _account.Lifecycle.Find(this).State;

    /// <summary>The state in responses: a deleted job that is still stored is shown as archived.</summary>
    public string ShownState => State is var state && state == Lifecycle.Deleted ? "JOB_STATE_ARCHIVED" : state;

    /// <summary>The state at the start of the emulator.</summary>
    public string OriginalState => _random.PickWeighted(Purpose.State, Vocabulary.States);

    public bool IsFinished => Vocabulary.FinalStates.Contains(State);

    /// <summary>Whether the record of the job is no longer kept after its deletion.</summary>
    public bool IsGone => _account.Lifecycle.IsGone(this);

    /// <summary>A time in responses.</summary>
    public long? Shown(long? nanoseconds) => nanoseconds - (nanoseconds % _account.ShownTimeUnit);

    /// <summary>Long enough ago that a finished job had time to finish; recent for a running job.</summary>
    public long CreateTime
    {
        get
        {
            if (Created is { } created)
            {
                return created.CreateTime;
            }

            var state = OriginalState;
            var (min, max) =
                Vocabulary.FinalStates.Contains(state) ? (Duration + Minute, FinishedWithin)
                : Vocabulary.IdleStates.Contains(state) ? (Hour, IdleWithin)
                : (Timestamp.PerSecond, ActiveWithin);
            var start = _account.Now - (min + _random.Next(Purpose.Age, max - min));
            return RoundDown(start, _random.Next(Purpose.StartDigits, 3));
        }
    }

    public long? CompletedTime => _account.Lifecycle.FindCompletedTime(this);

    /// <summary>The completion time of a job that was finished at the start of the emulator.</summary>
    public long? OriginalCompletedTime =>
        Vocabulary.FinalStates.Contains(OriginalState)
            ? RoundDown(CreateTime + Duration, _random.Next(Purpose.EndDigits, 3))
            : null;

    public string CreatedBy => _random.Pick(Purpose.Creator, Vocabulary.Creators);

    public string Dataset =>
        $"{MadeUpAccount.Name}/datasets/{_random.Pick(Purpose.Dataset, Vocabulary.Datasets)}-v{Version}";

    public string StatusCode =>
        State switch
        {
            Lifecycle.Failed => Failure.Code,
            Lifecycle.Cancelled => "CANCELLED",
            _ => "OK",
        };

    public string StatusMessage =>
        State == Lifecycle.Failed ? string.Format(CultureInfo.InvariantCulture, Failure.Message, FailureNumber) : "";

    /// <summary>The reason of the ErrorInfo. Empty for most failures.</summary>
    public string StatusReason =>
        StatusCode switch
        {
            "CANCELLED" => "CANCELLED",
            "INVALID_ARGUMENT" => "DATASET_INVALID",
            _ => "",
        };

    public string TrainerLogsSignedUrl => _account.SignLog(this);

    /// <summary>How much of the training the job has done, from 0 to 1. Null if it has not begun.</summary>
    public double? Trained => _account.Lifecycle.FindTrained(this);

    /// <summary>How much of the training the job had done at the start of the emulator.</summary>
    public double OriginalTrained =>
        OriginalState switch
        {
            Lifecycle.Completed or "JOB_STATE_WRITING_RESULTS" => 1,
            Lifecycle.Failed => Failure.Code is "INTERNAL" or "UNAVAILABLE" or "DEADLINE_EXCEEDED" ? FailurePoint : 0,
            Lifecycle.Running
            or Lifecycle.Cancelling
            or Lifecycle.Cancelled
            or "JOB_STATE_EARLY_STOPPED"
            or "JOB_STATE_PAUSED"
            or "JOB_STATE_IDLE" => (100 + _random.Next(Purpose.Trained, 800)) / 1000.0,
            _ => 0,
        };

    /// <summary>The part of the training after which the job fails if it does. Of 1,000 steps, it is the step of the message.</summary>
    public double FailurePoint => FailureNumber / 1000.0;

    /// <summary>Selects the content of the files of the job.</summary>
    public ulong FileSeed => _random.Bits(Purpose.Files);

    public bool IsPilot => _random.Percent(Purpose.Pilot, 3);

    public bool UsesReservation => _random.Percent(Purpose.Reservation, 5);

    public string ReservationTarget => UsesReservation ? MadeUpAccount.Name + "/reservations/training" : "";

    public string RendererRepoId => _random.Percent(Purpose.Renderer, 10) ? "example/" + Model : "";

    public string BaseModel => StartsWarm ? "" : "accounts/fireworks/models/" + Model;

    public string WarmStartFrom => StartsWarm ? $"{MadeUpAccount.Name}/models/sft-{Model}-{Version}" : "";

    public string OutputModel => _random.Percent(Purpose.OutputModel, 80) ? MadeUpAccount.Name + "/models/" + Id : "";

    public string JinjaTemplate =>
        _random.Percent(Purpose.Template, 4)
            ? "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
            : "";

    public decimal LearningRate => _random.Pick(Purpose.LearningRate, LearningRates);

    public int MaxContextLength => 4096 << (int)_random.Next(Purpose.ContextLength, 5);

    public int LoraRank => 8 << (int)_random.Next(Purpose.LoraRank, 4);

    public string Region =>
        _random.Percent(Purpose.Region, 40) ? EnumNames.Region[0] : _random.Pick(Purpose.Region, EnumNames.Region);

    public int Epochs => 1 + (int)_random.Next(Purpose.Epochs, 3);

    // Jobs of Training V2 count pairs, and have no batch size in tokens.
    public int BatchSize => BatchSizeSamples > 0 ? 0 : 16384 << (int)_random.Next(Purpose.BatchSize, 4);

    public int BatchSizeSamples => _random.Percent(Purpose.BatchSizeSamples, 70) ? 0 : 32;

    public int GradientAccumulationSteps => BatchSizeSamples > 0 ? 0 : 1 << (int)_random.Next(Purpose.Accumulation, 4);

    public int LearningRateWarmupSteps => 10 * (int)_random.Next(Purpose.WarmupSteps, 11);

    public decimal OptimizerWeightDecay => _random.Percent(Purpose.WeightDecay, 60) ? 0 : 0.01m;

    public int LoraAlpha => _random.Percent(Purpose.LoraAlpha, 50) ? 0 : 2 * LoraRank;

    public decimal LoraDropout => _random.Percent(Purpose.LoraDropout, 70) ? 0 : 0.05m;

    public IReadOnlyList<string> LoraTargetModules => _random.Pick(Purpose.LoraModules, ModuleSets);

    public int AcceleratorCount => BatchSizeSamples > 0 ? 0 : Accelerators;

    private int Accelerators => 1 << (int)_random.Next(Purpose.Accelerators, 4);

    public bool HasSharding => _random.Percent(Purpose.Sharding, 6);

    public int TensorParallelism => Accelerators;

    public bool SequenceParallelism => Accelerators > 2;

    /// <summary>The field that is set: <c>constant</c>, <c>cosine</c> or <c>linear</c>. Null for none.</summary>
    public string? Scheduler =>
        _random.Next(Purpose.Scheduler, 20) switch
        {
            0 => "constant",
            1 or 2 => "cosine",
            3 => "linear",
            _ => null,
        };

    public bool HasWandb => _random.Percent(Purpose.Wandb, 30);

    public bool WandbEnabled => _random.Percent(Purpose.Wandb, 22);

    /// <summary>A recognizable fake key: a test that finds it in output has found a leak.</summary>
    public string WandbApiKey => WandbEnabled ? "wandb-secret-" + Index.ToString(CultureInfo.InvariantCulture) : "";

    public string WandbProject => WandbEnabled ? "dpo-" + Family.Short : "";

    public string WandbEntity => WandbEnabled ? "acme-research" : "";

    public string WandbRunId => WandbEnabled ? Hex(Purpose.WandbRun)[..8] : "";

    public string WandbUrl =>
        WandbEnabled ? $"https://wandb.example.com/{WandbEntity}/{WandbProject}/runs/{WandbRunId}" : "";

    public bool HasLoss => !_random.Percent(Purpose.LossUnset, 20);

    public string LossMethod => _random.PickWeighted(Purpose.Loss, LossMethods);

    public bool IsDpo => LossMethod == "DPO";

    public bool IsOrpo => LossMethod == "ORPO";

    public decimal Beta => _random.Pick(Purpose.Beta, Betas);

    public decimal KlBeta => LossMethod is "GRPO" or "DAPO" or "GSPO_TOKEN" ? 0.001m : 0;

    public bool HasAws => _random.Percent(Purpose.Aws, 4);

    public bool HasAzure => _random.Percent(Purpose.Azure, 3);

    public string AzureTenant
    {
        get
        {
            var (high, low) = (Hex(Purpose.TenantHigh), Hex(Purpose.TenantLow));
            return $"{high[..8]}-{high[8..12]}-{high[12..]}-{low[..4]}-{low[4..]}";
        }
    }

    private long PrefixIndex => _random.Next(Purpose.Prefix, Vocabulary.Prefixes.Length);

    private (string Short, string[] Models) Family => Vocabulary.Families[Vocabulary.Prefixes[PrefixIndex].Family];

    private string Model => _random.Pick(Purpose.Model, Family.Models);

    private bool StartsWarm => _random.Percent(Purpose.WarmStart, 8);

    private long Version => 1 + _random.Next(Purpose.DatasetVersion, 14);

    private (string Code, string Message) Failure => _random.Pick(Purpose.Failure, Vocabulary.Failures);

    private long FailureNumber => 1 + _random.Next(Purpose.FailureDetail, 900);

    private long Duration => MinRun + _random.Next(Purpose.Duration, MaxRun - MinRun);

    private string Hex(Purpose purpose) => _random.Bits(purpose).ToString("x16", CultureInfo.InvariantCulture);

    private long RoundDown(long nanoseconds, long digits) =>
        nanoseconds
        - (
            nanoseconds
            % Math.Max(
                _account.TimeUnit,
                digits switch
                {
                    0 => Timestamp.PerSecond,
                    1 => 1000,
                    _ => 1,
                }
            )
        );
}
