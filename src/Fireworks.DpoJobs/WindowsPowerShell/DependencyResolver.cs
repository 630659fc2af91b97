#if !NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>
/// Finds System.Text.Json and what it needs on Windows PowerShell 5.1, which has none of its own and no way to redirect
/// versions for a module. It answers this module and its libraries, with the files in the module's own folder, and nobody
/// else: what another module is given must come with that module.
/// </summary>
internal static class DependencyResolver
{
    private static readonly Assembly Own = typeof(DependencyResolver).Assembly;
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Own.Location)!, "dependencies");

    // Looked up, so that no text of a request becomes part of a path.
    private static readonly Dictionary<string, string> Files = Directory
        .GetFiles(Folder, "*.dll")
        .ToDictionary(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase);

    /// <summary>Called by the module's psm1 before the cmdlets are loaded, since their types already need System.Text.Json.</summary>
    public static void Register()
    {
        AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        return
            MayAsk(request.RequestingAssembly)
            && Parse(request.Name) is { } name
            && Files.TryGetValue(name.Name, out var file)
            && IsMeant(AssemblyName.GetAssemblyName(file), name)
            ? Assembly.LoadFrom(file)
            : null;
    }

    private static AssemblyName? Parse(string text)
    {
        try
        {
            return new AssemblyName(text);
        }
        catch (FileLoadException)
        {
            // Not the name of an assembly.
            return null;
        }
    }

    // Who asks is not known when it is code that loads an assembly by name.
    private static bool MayAsk(Assembly? requester) =>
        requester is null
        || requester == Own
        || (
            !requester.IsDynamic
            && string.Equals(Path.GetDirectoryName(requester.Location), Folder, StringComparison.OrdinalIgnoreCase)
        );

    // The libraries ask for one another in versions older than the ones that ship; never for newer ones.
    private static bool IsMeant(AssemblyName shipped, AssemblyName name) =>
        name.Version is not null
        && name.Version <= shipped.Version
        && string.IsNullOrEmpty(name.CultureName)
        && Text(name.GetPublicKeyToken()) == Text(shipped.GetPublicKeyToken());

    // Arrays would be compared as spans, with one of the very libraries that are to be found here.
    private static string Text(byte[]? key) => BitConverter.ToString(key ?? []);
}
#endif
