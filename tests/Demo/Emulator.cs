using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Demo;

/// <summary>The local stand-in for the service, in a process that ends when this process ends.</summary>
internal sealed class Emulator : IDisposable
{
    private readonly Process _process;

    private Emulator(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>The loopback address that it listens on.</summary>
    public Uri Address { get; }

    /// <summary>Starts the emulator with a simulated account of 2,000 jobs and a latency of 30 ms.</summary>
    public static async Task<Emulator> StartAsync(string path)
    {
        var parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { path, "emulate", "--jobs", "2000", "--latency", "30ms", "--parent", parent },
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        const string Announcement = "Listening on ";
        var line = await process.StandardOutput.ReadLineAsync() ?? "";
        return line.StartsWith(Announcement, StringComparison.Ordinal)
            ? new Emulator(process, new Uri(line[Announcement.Length..]))
            : throw new InvalidOperationException("The emulator could not be started.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
