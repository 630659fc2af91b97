using System;
using Fireworks.DpoJobs.Emulator;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Benchmarks;

/// <summary>Pages as the emulator sends them, in UTF-8.</summary>
internal static class Pages
{
    public static byte[] OfJobs(int count) =>
        new AccountApi(
            new EmulatorOptions { Jobs = count, Now = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) }
        ).RenderPage(count);
}
