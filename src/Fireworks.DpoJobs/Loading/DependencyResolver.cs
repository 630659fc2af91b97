#if !NET
using System;
using System.IO;
using System.Reflection;

namespace Fireworks.DpoJobs.Loading;

/// <summary>
/// Finds System.Text.Json and what it needs on Windows PowerShell 5.1, which has none of its own and no way to redirect
/// versions for a module. It answers for the files in the module's own folder and for nothing else.
/// </summary>
internal static class DependencyResolver
{
    private static readonly string Folder = Path.Combine(
        Path.GetDirectoryName(typeof(DependencyResolver).Assembly.Location)!,
        "dependencies"
    );

    /// <summary>Called by the module's psm1 before the cmdlets are loaded, since their types already need System.Text.Json.</summary>
    public static void Register()
    {
        AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        var name = new AssemblyName(request.Name);
        var file = Path.Combine(Folder, name.Name + ".dll");
        if (!File.Exists(file))
        {
            return null;
        }
        // The libraries ask for one another in versions older than the ones that ship; never for newer ones.
        var shipped = AssemblyName.GetAssemblyName(file);
        var isOurs =
            shipped.Version >= name.Version
            && BitConverter.ToString(shipped.GetPublicKeyToken() ?? [])
                == BitConverter.ToString(name.GetPublicKeyToken() ?? []);
        return isOurs ? Assembly.LoadFrom(file) : null;
    }
}
#endif
