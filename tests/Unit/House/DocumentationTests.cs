using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>Everything public is told in the XML file beside the assembly.</summary>
public sealed class DocumentationTests
{
    private static readonly Assembly Shipped = typeof(DpoJob).Assembly;

    private static readonly Dictionary<string, XElement> Told = XDocument
        .Load(Path.ChangeExtension(Shipped.Location, ".xml"))
        .Descendants("member")
        .GroupBy(member => NameOf(member.Attribute("name")!.Value))
        .ToDictionary(overloads => overloads.Key, overloads => overloads.First());

    [Fact]
    public void Every_public_type_has_a_summary()
    {
        Assert.All(Shipped.GetExportedTypes(), type => AssertTold($"T:{type.FullName!.Replace('+', '.')}"));
    }

    [Fact]
    public void Every_member_that_users_see_has_a_summary()
    {
        var members = Shipped.GetExportedTypes().SelectMany(MembersOf).ToList();

        Assert.True(members.Count > 100, "The look at the members sees too little.");
        Assert.All(members, AssertTold);
    }

    private static void AssertTold(string name)
    {
        Assert.True(Told.TryGetValue(name, out var member), $"{name} is not documented.");
        Assert.True(
            member.Element("summary")?.Value.Trim().Length > 0 || member.Element("inheritdoc") is not null,
            $"{name} has no summary."
        );
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.DeclaredOnly
            | BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static;
        var owner = type.FullName!.Replace('+', '.');
        foreach (
            var property in type.GetProperties(Declared).Where(property => property.GetMethod is { } get && IsSeen(get))
        )
        {
            yield return $"P:{owner}.{property.Name}";
        }
        foreach (
            var field in type.GetFields(Declared)
                .Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName)
        )
        {
            yield return $"F:{owner}.{field.Name}";
        }
        foreach (var method in type.GetMethods(Declared).Where(method => IsSeen(method) && !method.IsSpecialName))
        {
            yield return $"M:{owner}.{method.Name}";
        }
        // A constructor without parameters that nobody wrote has nothing to tell.
        foreach (
            var constructor in type.GetConstructors(Declared)
                .Where(one => IsSeen(one) && one.GetParameters().Length > 0)
        )
        {
            yield return $"M:{owner}.#ctor";
        }
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Overloads share one place: the compiler itself asks for each of them.
    private static string NameOf(string member)
    {
        var parameters = member.IndexOf('(', StringComparison.Ordinal);
        return parameters < 0 ? member : member[..parameters];
    }
}
