using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Fireworks.DpoJobs.Desktop.WindowsPowerShell;

/// <summary>On .NET Framework, the module resolves its own libraries for itself and nothing else.</summary>
public sealed class DependencyResolverTests
{
    private static readonly string Json = Path.Combine(StagedModule.Dependencies, "System.Text.Json.dll");
    private static readonly AssemblyName Shipped = AssemblyName.GetAssemblyName(Json);

    public static TheoryData<string> Libraries =>
        [.. Directory.GetFiles(StagedModule.Dependencies, "*.dll").Select(Path.GetFileName)];

    [Fact]
    public void Parses_a_page_with_the_libraries_of_the_module()
    {
        ModuleDomain.Run(module =>
        {
            module.Register();

            Assert.Equal(
                "accounts/acme/dpoJobs/nightly-1",
                module.ParsePage(
                    """{"dpoJobs":[{"name":"accounts/acme/dpoJobs/nightly-1","state":"JOB_STATE_RUNNING"}]}"""
                )
            );
            Assert.Equal(Json, module.Load(Shipped.FullName));
        });
    }

    [Fact]
    public void Does_not_find_System_Text_Json_without_registration()
    {
        ModuleDomain.Run(module => Assert.Null(module.Load(Shipped.FullName)));
    }

    [Fact]
    public void Registering_the_resolver_twice_adds_one_handler()
    {
        ModuleDomain.Run(module =>
        {
            var before = module.CountHandlers();

            module.Register();
            module.Register();

            Assert.Equal(before + 1, module.CountHandlers());
        });
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Resolves_each_shipped_library_by_name(string file)
    {
        var path = Path.Combine(StagedModule.Dependencies, file);

        ModuleDomain.Run(module =>
            Assert.Equal(path, module.Resolve(AssemblyName.GetAssemblyName(path).FullName, requester: null))
        );
    }

    [Theory]
    [InlineData("8.0.0.0")]
    [InlineData("4.0.1.2")]
    public void Resolves_a_request_for_an_older_version_to_the_shipped_one(string version)
    {
        ModuleDomain.Run(module => Assert.Equal(Json, module.Resolve(Name(version: version), requester: null)));
    }

    [Theory]
    [InlineData("Newtonsoft.Json, Version=13.0.0.0, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed")]
    [InlineData("Fireworks.DpoJobs, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null")]
    [InlineData("System.Text.Json.resources, Version=8.0.0.0, Culture=de, PublicKeyToken=cc7b13ffcd2ddd51")]
    [InlineData("../dependencies/System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51")]
    [InlineData(
        "..\\dependencies\\System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51"
    )]
    [InlineData("System.Text.Json")]
    [InlineData("System.Text.Json, PublicKeyToken=cc7b13ffcd2ddd51")]
    [InlineData("System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=null")]
    [InlineData("System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089")]
    [InlineData("System.Text.Json, Version=8.0.0.0, Culture=de, PublicKeyToken=cc7b13ffcd2ddd51")]
    [InlineData("System.Text.Json, Version=9.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51")]
    public void Does_not_resolve_other_assemblies(string name)
    {
        ModuleDomain.Run(module => Assert.Null(module.Resolve(name, requester: null)));
    }

    [Fact]
    public void Does_not_resolve_a_request_for_a_newer_version()
    {
        var newer = new Version(Shipped.Version.Major, Shipped.Version.Minor, 0, Shipped.Version.Revision + 1);

        ModuleDomain.Run(module => Assert.Null(module.Resolve(Name(version: newer.ToString()), requester: null)));
    }

    [Fact]
    public void Resolves_a_request_of_one_shipped_library_for_another()
    {
        ModuleDomain.Run(module => Assert.Equal(Json, module.Resolve(Shipped.FullName, requester: Json)));
    }

    [Fact]
    public void Does_not_resolve_requests_of_other_modules()
    {
        // The requester is a library in another folder.
        ModuleDomain.Run(module =>
            Assert.Null(module.Resolve(Shipped.FullName, requester: typeof(FactAttribute).Assembly.Location))
        );
    }

    private static string Name(string version) =>
        $"System.Text.Json, Version={version}, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";
}
