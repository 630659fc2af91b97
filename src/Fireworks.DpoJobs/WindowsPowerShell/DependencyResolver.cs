#if !NET
using System.Reflection;

namespace Fireworks.DpoJobs;

/// <summary>
/// Resolves System.Text.Json and its dependencies on Windows PowerShell 5.1, which does not include them and cannot redirect
/// versions for a module. It serves only this module and its libraries, from the module's own folder: other modules must not
/// receive these versions.
/// </summary>
internal static class DependencyResolver
{
    private static readonly Assembly Own = typeof(DependencyResolver).Assembly;
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Own.Location)!, "dependencies");

    // A lookup, so that no requested name becomes part of a path.
    private static readonly Dictionary<string, string> Files = Directory
        .GetFiles(Folder, "*.dll")
        .ToDictionary(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts resolving. Called before the cmdlets are loaded, because their types already need System.Text.Json.</summary>
    public static void Register()
    {
        AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs request) =>
        IsServed(request.RequestingAssembly)
        && Parse(request.Name) is { } name
        && Files.TryGetValue(name.Name, out var file)
        && IsCompatible(AssemblyName.GetAssemblyName(file), name)
            ? Assembly.LoadFrom(file)
            : null;

    private static AssemblyName? Parse(string text)
    {
        try
        {
            return new AssemblyName(text);
        }
        catch (FileLoadException)
        {
            // Not an assembly name.
            return null;
        }
    }

    // The requester is unknown when code loads an assembly by name.
    private static bool IsServed(Assembly? requester) =>
        requester is null
        || requester == Own
        || (
            !requester.IsDynamic
            && string.Equals(Path.GetDirectoryName(requester.Location), Folder, StringComparison.OrdinalIgnoreCase)
        );

    // The libraries request one another in the shipped versions or older ones.
    private static bool IsCompatible(AssemblyName shipped, AssemblyName name) =>
        name.Version is not null
        && name.Version <= shipped.Version
        && string.IsNullOrEmpty(name.CultureName)
        && Text(name.GetPublicKeyToken()) == Text(shipped.GetPublicKeyToken());

    // Comparing arrays as spans would need one of the libraries that are being resolved.
    private static string Text(byte[]? key) => BitConverter.ToString(key ?? []);
}
#endif
