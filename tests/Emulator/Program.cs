using System;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Emulator;

/// <summary>The entry point; everything it does is in <see cref="EmulatorProgram"/>, which the tests can run too.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        EmulatorProgram.RunAsync(args, Console.OpenStandardInput(), Console.Out, Console.Error, CancellationToken.None);
}
