using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Fireworks.DpoJobs.Desktop.WindowsPowerShell;

/// <summary>
/// An application domain with the staged module and without its libraries, as in Windows PowerShell: those are in the module's
/// own folder only. The class runs inside that domain, on behalf of the test.
/// </summary>
internal sealed class ModuleDomain : MarshalByRefObject
{
    private const string Resolver = "Fireworks.DpoJobs.DependencyResolver";

    private readonly AppDomain _domain = AppDomain.CurrentDomain;
    private Assembly? _module;

    /// <summary>Runs a test in its own domain.</summary>
    public static void Run(Action<ModuleDomain> test)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        AppDomain? domain = null;
        try
        {
            var program = typeof(ModuleDomain).Assembly;
            File.Copy(program.Location, Path.Combine(folder, Path.GetFileName(program.Location)));
            domain = AppDomain.CreateDomain(
                "module",
                null,
                new AppDomainSetup { ApplicationBase = folder, ConfigurationFile = Path.Combine(folder, "none.config") }
            );
            var inside = (ModuleDomain)domain.CreateInstanceAndUnwrap(program.FullName, typeof(ModuleDomain).FullName);
            inside.LoadModule(StagedModule.Assembly);
            test(inside);
        }
        finally
        {
            if (domain is not null)
            {
                AppDomain.Unload(domain);
            }
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Loads the module's assembly, without its dependencies.</summary>
    public void LoadModule(string path) => _module = Assembly.LoadFrom(path);

    /// <summary>Does the same as Register-Dependency.ps1.</summary>
    public void Register() => _module!.GetType(Resolver).GetMethod("Register").Invoke(null, null);

    /// <summary>The number of handlers of the domain for unresolved assemblies.</summary>
    public int CountHandlers()
    {
        // The name of the field in .NET Framework, and in Mono.
        var field = new[] { "_AssemblyResolve", "AssemblyResolve" }
            .Select(name => typeof(AppDomain).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic))
            .First(field => field is not null);
        return ((Delegate?)field.GetValue(_domain))?.GetInvocationList().Length ?? 0;
    }

    /// <summary>Reads a page with the module's reader and returns the name of the first job.</summary>
    public string ParsePage(string json)
    {
        var context = _module!.GetType("Fireworks.DpoJobs.FireworksJsonContext");
        var options = context.GetProperty("Default", BindingFlags.Public | BindingFlags.Static).GetValue(null);
        var type = context.GetProperty("DpoJobPage").GetValue(options);
        var serializer = type.GetType().Assembly.GetType("System.Text.Json.JsonSerializer");
        var deserialize = serializer
            .GetMethods()
            .Single(method =>
                method is { Name: "Deserialize", IsGenericMethod: false }
                && method.GetParameters() is [{ ParameterType: var first }, { ParameterType: var second }]
                && first == typeof(string)
                && second.Name == "JsonTypeInfo"
            );
        var jobs = (IEnumerable)Property(deserialize.Invoke(null, new[] { json, type }), "Jobs");
        return (string)Property(jobs.Cast<object>().First(), "Name");
    }

    /// <summary>The file of an assembly that the runtime loads by name. Null when it is not found.</summary>
    public string? Load(string name)
    {
        try
        {
            return _domain.Load(name).Location;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The file that the module resolves a name to. Null when it does not resolve it.</summary>
    /// <param name="name">The requested name.</param>
    /// <param name="requester">The file of the requesting assembly. Null when it is unknown.</param>
    public string? Resolve(string name, string? requester)
    {
        var resolve = _module!.GetType(Resolver).GetMethod("Resolve", BindingFlags.NonPublic | BindingFlags.Static);
        var request = new ResolveEventArgs(name, requester is null ? null : Assembly.LoadFrom(requester));
        return ((Assembly?)resolve.Invoke(null, new object?[] { null, request }))?.Location;
    }

    /// <inheritdoc/>
    public override object? InitializeLifetimeService() => null;

    private static object Property(object owner, string name) => owner.GetType().GetProperty(name).GetValue(owner);
}
