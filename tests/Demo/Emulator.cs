using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Demo;

/// <summary>The stand-in of the service, as a process that ends with this one.</summary>
internal sealed class Emulator : IDisposable
{
    private readonly Process _process;

    private Emulator(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens, on this machine.</summary>
    public Uri Address { get; }

    /// <summary>Starts it with a made-up account of 2,000 jobs and 30 ms of latency.</summary>
    public static async Task<Emulator> StartAsync(string path)
    {
        var parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { path, "emulate", "--jobs", "2000", "--latency", "30ms", "--parent", parent },
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        const string Announcement = "Listening on ";
        var line = await process.StandardOutput.ReadLineAsync() ?? "";
        return line.StartsWith(Announcement, StringComparison.Ordinal)
            ? new Emulator(process, new Uri(line[Announcement.Length..]))
            : throw new InvalidOperationException("The emulator did not start.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
