using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Deterministic random numbers. Each is the SplitMix64 hash of a seed, an index and a purpose instead of the next number of a
/// sequence, so each property of a job can be computed alone, and a new property changes no other.
/// </summary>
/// <remarks>System.Random does not guarantee the same numbers in every version of .NET.</remarks>
internal readonly struct SeededRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private readonly ulong _root;

    public SeededRandom(ulong seed, int index) => _root = Mix(Mix(seed + Gamma) + ((ulong)(uint)index * Gamma));

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public long Next(Purpose purpose, long bound) => (long)(Bits(purpose) % (ulong)bound);

    public bool Percent(Purpose purpose, int percent) => Next(purpose, 100) < percent;

    public T Pick<T>(Purpose purpose, IReadOnlyList<T> choices) => choices[(int)Next(purpose, choices.Count)];

    /// <summary>Picks a choice with a probability proportional to its weight.</summary>
    public T PickWeighted<T>(Purpose purpose, (T Choice, int Weight)[] choices)
    {
        var total = 0;
        foreach (var (_, weight) in choices)
        {
            total += weight;
        }

        var remaining = Next(purpose, total);
        foreach (var (choice, weight) in choices)
        {
            if (remaining < weight)
            {
                return choice;
            }

            remaining -= weight;
        }

        return choices[^1].Choice;
    }

    public ulong Bits(Purpose purpose) => Mix(_root + ((ulong)purpose * Gamma));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>The use of a random number. The made-up jobs depend on the order, so add new values at the end.</summary>
internal enum Purpose
{
    Prefix = 1,
    State,
    Age,
    Duration,
    StartDigits,
    EndDigits,
    DisplayName,
    Creator,
    Dataset,
    DatasetVersion,
    Failure,
    FailureDetail,
    WarmStart,
    OutputModel,
    Template,
    LearningRate,
    ContextLength,
    LoraRank,
    Region,
    Epochs,
    BatchSize,
    BatchSizeSamples,
    Accumulation,
    WarmupSteps,
    WeightDecay,
    LoraAlpha,
    LoraDropout,
    LoraModules,
    Sharding,
    Scheduler,
    Accelerators,
    Wandb,
    WandbRun,
    Loss,
    Beta,
    Aws,
    Azure,
    Pilot,
    Reservation,
    Model,
    TenantHigh,
    TenantLow,
    LossUnset,
    DisplayText,
    Renderer,
    Trained,
    Files,
}
