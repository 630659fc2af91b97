using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Deterministic random numbers that are addressed, not drawn in order: each is the SplitMix64 hash of (seed, index,
/// purpose). So any property of any job can be computed alone, and adding one changes no other.
/// </summary>
/// <remarks>System.Random promises no equal numbers between versions of .NET; this does.</remarks>
internal readonly struct Dice
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private readonly ulong _root;

    public Dice(ulong seed, int index) => _root = Mix(Mix(seed + Gamma) + ((ulong)(uint)index * Gamma));

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public long Roll(Purpose purpose, long bound) => (long)(Bits(purpose) % (ulong)bound);

    public bool Percent(Purpose purpose, int percent) => Roll(purpose, 100) < percent;

    public T Pick<T>(Purpose purpose, IReadOnlyList<T> choices) => choices[(int)Roll(purpose, choices.Count)];

    /// <summary>One of the choices, each as likely as its weight says.</summary>
    public T PickWeighted<T>(Purpose purpose, (T Choice, int Weight)[] choices)
    {
        var total = 0;
        foreach (var (_, weight) in choices)
        {
            total += weight;
        }

        var roll = Roll(purpose, total);
        foreach (var (choice, weight) in choices)
        {
            if (roll < weight)
            {
                return choice;
            }

            roll -= weight;
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
