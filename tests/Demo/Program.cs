using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Fireworks.DpoJobs.Demo;

// Demonstrates the module on a simulated account, without an API key: runs four commands, or with --shell opens a PowerShell.
if (args is not ([] or ["--shell"]))
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/Demo [-- --shell]");
    return 2;
}

// Ctrl-C goes to the whole console. PowerShell handles it; this program ends after PowerShell does.
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;

var root = Metadata("RepositoryRoot");
var script = Path.Combine(root, "tests", "Demo", "Show-Demo.ps1");
var shell = new PowerShell(root);
if (!await shell.TryRestoreAsync())
{
    return 1;
}
using var emulator = await Emulator.StartAsync(Metadata("EmulatorPath"));
return await (
    args is []
        ? shell.RunAsync(emulator.Address, "-File", script)
        : shell.RunAsync(emulator.Address, "-NoExit", "-File", script, "-Shell")
);

static string Metadata(string key) =>
    Assembly
        .GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == key)
        .Value!;
