using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Fireworks.DpoJobs.Programs;

namespace Fireworks.DpoJobs.Engine;

/// <summary>Loads the engine of the installed PowerShell into the test process.</summary>
public static class Engine
{
    /// <summary>The reason why a test is skipped without the engine.</summary>
    public const string Missing =
        "PowerShell 7 (pwsh) is not on PATH, does not start, or needs a newer .NET than the tests run on.";

    private static readonly TimeSpan MaxStartTime = TimeSpan.FromSeconds(60);

    /// <summary>Whether the engine could be loaded.</summary>
    public static bool IsPresent { get; private set; }

    // Runs before any code that uses a type of the engine.
    [ModuleInitializer]
    internal static void Load()
    {
        try
        {
            IsPresent =
                ProgramPath.Find("pwsh") is { } powerShell && FindHome(powerShell) is { } home && LoadFrom(home);
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
            Console.Error.WriteLine($"The PowerShell engine could not be loaded: {exception.Message}");
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

    private static string? FindHome(string powerShell)
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
        if (!process.WaitForExit(MaxStartTime))
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
        return Directory.Exists(home.Result) ? home.Result : null;
    }
}
