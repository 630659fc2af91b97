using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The trainingConfig of a made-up job: plausible numbers, some of them left at their defaults.</summary>
internal readonly struct JobTraining(Job job)
{
    private static readonly decimal[] LearningRates = [0.0003m, 0.0001m, 0.00005m, 0.00002m, 0.000005m];
    private static readonly string[][] ModuleSets =
    [
        [],
        [],
        ["q_proj", "v_proj"],
        ["k_proj", "o_proj", "q_proj", "v_proj"],
    ];

    private readonly Job _job = job;

    private Dice Dice => _job.Dice;

    private bool StartsWarm => Dice.Percent(Purpose.WarmStart, 8);

    public string BaseModel => StartsWarm ? "" : "accounts/fireworks/models/" + Model;

    public string WarmStartFrom =>
        StartsWarm ? $"{_job.Account.Name}/models/sft-{Model}-{1 + Dice.Roll(Purpose.DatasetVersion, 14)}" : "";

    public string OutputModel => Dice.Percent(Purpose.OutputModel, 80) ? _job.Account.Name + "/models/" + _job.Id : "";

    public string JinjaTemplate =>
        Dice.Percent(Purpose.Template, 4) ? "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}" : "";

    public decimal LearningRate => Dice.Pick(Purpose.LearningRate, LearningRates);

    public int MaxContextLength => 4096 << (int)Dice.Roll(Purpose.ContextLength, 5);

    public int LoraRank => 8 << (int)Dice.Roll(Purpose.LoraRank, 4);

    public string Region =>
        Dice.Percent(Purpose.Region, 40) ? EnumNames.Region[0] : Dice.Pick(Purpose.Region, EnumNames.Region);

    public int Epochs => 1 + (int)Dice.Roll(Purpose.Epochs, 3);

    public int BatchSize => 16384 << (int)Dice.Roll(Purpose.BatchSize, 4);

    public int BatchSizeSamples => Dice.Percent(Purpose.BatchSizeSamples, 70) ? 0 : 32;

    public int GradientAccumulationSteps => 1 << (int)Dice.Roll(Purpose.Accumulation, 4);

    public int LearningRateWarmupSteps => 10 * (int)Dice.Roll(Purpose.WarmupSteps, 11);

    public decimal OptimizerWeightDecay => Dice.Percent(Purpose.WeightDecay, 60) ? 0 : 0.01m;

    public int LoraAlpha => Dice.Percent(Purpose.LoraAlpha, 50) ? 0 : 2 * LoraRank;

    public decimal LoraDropout => Dice.Percent(Purpose.LoraDropout, 70) ? 0 : 0.05m;

    public IReadOnlyList<string> LoraTargetModules => Dice.Pick(Purpose.LoraModules, ModuleSets);

    public int AcceleratorCount => 1 << (int)Dice.Roll(Purpose.Accelerators, 4);

    public bool HasSharding => Dice.Percent(Purpose.Sharding, 6);

    public int TensorParallelism => AcceleratorCount;

    public bool SequenceParallelism => AcceleratorCount > 2;

    /// <summary>Null, or which one of <c>constant</c>, <c>cosine</c>, <c>linear</c> is set.</summary>
    public string? Scheduler =>
        Dice.Roll(Purpose.Scheduler, 20) switch
        {
            0 => "constant",
            1 or 2 => "cosine",
            3 => "linear",
            _ => null,
        };

    private string Model => Dice.Pick(Purpose.Model, Vocabulary.Families[_job.Family].Models);
}
