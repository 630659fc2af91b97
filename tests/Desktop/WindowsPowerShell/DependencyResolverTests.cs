using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Fireworks.DpoJobs.Desktop.WindowsPowerShell;

/// <summary>How the module's libraries are found on .NET Framework: only by the module, and only its own.</summary>
public sealed class DependencyResolverTests
{
    private static readonly string Json = Path.Combine(StagedModule.Dependencies, "System.Text.Json.dll");
    private static readonly AssemblyName Shipped = AssemblyName.GetAssemblyName(Json);

    public static TheoryData<string> Libraries =>
        [.. Directory.GetFiles(StagedModule.Dependencies, "*.dll").Select(Path.GetFileName)];

    [Fact]
    public void A_page_is_read_with_the_libraries_of_the_modules_own_folder()
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
    public void Without_registration_there_is_no_System_Text_Json()
    {
        ModuleDomain.Run(module => Assert.Null(module.Load(Shipped.FullName)));
    }

    [Fact]
    public void Registration_twice_answers_once()
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
    public void Each_library_that_ships_is_found_by_its_name(string file)
    {
        var path = Path.Combine(StagedModule.Dependencies, file);

        ModuleDomain.Run(module =>
            Assert.Equal(path, module.Ask(AssemblyName.GetAssemblyName(path).FullName, requester: null))
        );
    }

    [Theory]
    [InlineData("8.0.0.0")]
    [InlineData("4.0.1.2")]
    public void An_older_version_is_answered_with_the_one_that_ships(string version)
    {
        ModuleDomain.Run(module => Assert.Equal(Json, module.Ask(Name(version: version), requester: null)));
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
    public void Anything_else_is_not_answered(string name)
    {
        ModuleDomain.Run(module => Assert.Null(module.Ask(name, requester: null)));
    }

    [Fact]
    public void A_version_just_newer_than_the_one_that_ships_is_not_answered()
    {
        var newer = new Version(Shipped.Version.Major, Shipped.Version.Minor, 0, Shipped.Version.Revision + 1);

        ModuleDomain.Run(module => Assert.Null(module.Ask(Name(version: newer.ToString()), requester: null)));
    }

    [Fact]
    public void A_library_that_ships_may_ask_for_another()
    {
        ModuleDomain.Run(module => Assert.Equal(Json, module.Ask(Shipped.FullName, requester: Json)));
    }

    [Fact]
    public void What_another_module_asks_for_is_not_answered()
    {
        // A library of someone else, in a folder of its own.
        ModuleDomain.Run(module =>
            Assert.Null(module.Ask(Shipped.FullName, requester: typeof(FactAttribute).Assembly.Location))
        );
    }

    private static string Name(string version) =>
        $"System.Text.Json, Version={version}, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";
}
