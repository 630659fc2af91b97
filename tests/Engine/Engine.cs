using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Fireworks.DpoJobs.Programs;

namespace Fireworks.DpoJobs.Engine;

/// <summary>The engine of the PowerShell that is installed, in the process of the tests.</summary>
public static class Engine
{
    /// <summary>What a test says that is skipped for want of it.</summary>
    public const string Missing = "PowerShell 7 (pwsh) is not on PATH, or needs a newer .NET than the tests run on.";

    /// <summary>Whether there is one.</summary>
    public static bool IsPresent { get; private set; }

    // Before any code that names a type of the engine.
    [ModuleInitializer]
    internal static void Load()
    {
        if (ProgramPath.Find("pwsh") is not { } powerShell || Home(powerShell) is not { } home)
        {
            return;
        }
        var resolver = new AssemblyDependencyResolver(Path.Combine(home, "pwsh.dll"));
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            resolver.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        IsPresent = CanLoad(Path.Combine(home, "System.Management.Automation.dll"));
    }

    private static bool CanLoad(string path)
    {
        try
        {
            return AssemblyLoadContext
                .Default.LoadFromAssemblyPath(path)
                .GetType("System.Management.Automation.PSObject")
                is not null;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return false;
        }
    }

    private static string? Home(string powerShell)
    {
        using var process = Process.Start(
            new ProcessStartInfo(powerShell, ["-NoProfile", "-NonInteractive", "-Command", "[Console]::Write($PSHOME)"])
            {
                RedirectStandardOutput = true,
            }
        );
        var home = process?.StandardOutput.ReadToEnd();
        return Directory.Exists(home) ? home : null;
    }
}
