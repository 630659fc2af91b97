using System;
using System.ComponentModel;
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
    public const string Missing =
        "PowerShell 7 (pwsh) is not on PATH, does not start, or needs a newer .NET than the tests run on.";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    /// <summary>Whether there is one.</summary>
    public static bool IsPresent { get; private set; }

    // Before any code that names a type of the engine.
    [ModuleInitializer]
    internal static void Load()
    {
        try
        {
            IsPresent = ProgramPath.Find("pwsh") is { } powerShell && Home(powerShell) is { } home && LoadFrom(home);
        }
        catch (Exception exception)
            when (exception
                    is Win32Exception
                        or InvalidOperationException
                        or IOException
                        or BadImageFormatException
                        or UnauthorizedAccessException
            )
        {
            Console.Error.WriteLine($"The engine of PowerShell cannot be loaded: {exception.Message}");
        }
    }

    private static bool LoadFrom(string home)
    {
        var resolver = new AssemblyDependencyResolver(Path.Combine(home, "pwsh.dll"));
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            resolver.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        return AssemblyLoadContext
            .Default.LoadFromAssemblyPath(Path.Combine(home, "System.Management.Automation.dll"))
            .GetType("System.Management.Automation.PSObject")
            is not null;
    }

    private static string? Home(string powerShell)
    {
        using var process = Process.Start(
            new ProcessStartInfo(powerShell, ["-NoProfile", "-NonInteractive", "-Command", "[Console]::Write($PSHOME)"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        );
        if (process is null)
        {
            return null;
        }
        process.StandardInput.Close();
        var home = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(LongestStart))
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
        return Directory.Exists(home.Result) ? home.Result : null;
    }
}
