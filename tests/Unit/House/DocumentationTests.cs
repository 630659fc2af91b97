using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>Everything public is documented in the XML file of the assembly.</summary>
public sealed class DocumentationTests
{
    private static readonly Assembly Shipped = typeof(DpoJob).Assembly;

    private static readonly Dictionary<string, XElement> Documented = XDocument
        .Load(Path.ChangeExtension(Shipped.Location, ".xml"))
        .Descendants("member")
        .GroupBy(member => NameOf(member.Attribute("name")!.Value))
        .ToDictionary(overloads => overloads.Key, overloads => overloads.First());

    [Fact]
    public void Every_public_type_has_a_summary()
    {
        Assert.All(Shipped.GetExportedTypes(), type => AssertDocumented($"T:{type.FullName!.Replace('+', '.')}"));
    }

    [Fact]
    public void Every_visible_member_has_a_summary()
    {
        var members = Shipped.GetExportedTypes().SelectMany(MembersOf).ToList();

        Assert.True(members.Count > 100, "Too few members were found.");
        Assert.All(members, AssertDocumented);
    }

    private static void AssertDocumented(string name)
    {
        Assert.True(Documented.TryGetValue(name, out var member), $"{name} is not documented.");
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
            var property in type.GetProperties(Declared)
                .Where(property => property.GetMethod is { } get && IsVisible(get))
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
        foreach (var method in type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName))
        {
            yield return $"M:{owner}.{method.Name}";
        }
        // A parameterless constructor needs no documentation.
        foreach (
            var constructor in type.GetConstructors(Declared)
                .Where(one => IsVisible(one) && one.GetParameters().Length > 0)
        )
        {
            yield return $"M:{owner}.#ctor";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Overloads share one entry, because the compiler checks each of them.
    private static string NameOf(string member)
    {
        var parameters = member.IndexOf('(', StringComparison.Ordinal);
        return parameters < 0 ? member : member[..parameters];
    }
}
