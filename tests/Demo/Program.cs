using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using Fireworks.DpoJobs.Demo;
using Fireworks.DpoJobs.Programs;

// The main job in one command, without a key: DPO jobs of a made-up account, in a table.
using var emulator = await Emulator.StartAsync(Metadata("EmulatorPath"));

var powerShell = ProgramPath.Find("pwsh");

if (powerShell is null)
{
    await ClientListing.ShowAsync(emulator.Address);
    return 0;
}

var root = Metadata("RepositoryRoot");
var start = new ProcessStartInfo(powerShell)
{
    ArgumentList =
    {
        "-NoProfile",
        "-File",
        Path.Combine(root, "tests", "Demo", "Show-Demo.ps1"),
        "-ModulePath",
        Path.Combine(root, "out", "Fireworks.DpoJobs", "Fireworks.DpoJobs.psd1"),
        "-Address",
        emulator.Address.AbsoluteUri,
    },
};
using var shell = Process.Start(start) ?? throw new InvalidOperationException($"{powerShell} does not start.");
await shell.WaitForExitAsync();
return shell.ExitCode;

static string Metadata(string key) =>
    Assembly
        .GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == key)
        .Value!;
