using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>
/// What a cmdlet says about itself. Read from the metadata, since the attribute objects of PowerShellStandard are stubs that
/// return defaults.
/// </summary>
internal sealed class CmdletMetadata(Type type)
{
    private readonly CustomAttributeData _cmdlet = Attributes(type, typeof(CmdletAttribute)).Single();

    /// <summary>Every cmdlet of the module, found by reflection, so that a new one is under test from its first day.</summary>
    public static IReadOnlyList<CmdletMetadata> Shipped { get; } =
    [
        .. typeof(DpoJob)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Cmdlet)) && !type.IsAbstract)
            .Select(type => new CmdletMetadata(type)),
    ];

    public Type Type { get; } = type;

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public string? DefaultParameterSet => Named<string>(_cmdlet, "DefaultParameterSetName");

    public bool SupportsShouldProcess => Named<bool>(_cmdlet, "SupportsShouldProcess");

    /// <summary>The types that it writes; void where it says that it writes nothing.</summary>
    public IEnumerable<Type> OutputTypes =>
        Attributes(Type, typeof(OutputTypeAttribute))
            .SelectMany(data => data.ConstructorArguments)
            .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
            .Select(argument => argument.Value)
            .OfType<Type>();

    /// <summary>The properties that are parameters, those of its base classes among them.</summary>
    public IEnumerable<PropertyInfo> Parameters =>
        Type.GetProperties().Where(property => Attributes(property, typeof(ParameterAttribute)).Any());

    /// <summary>The parameter sets that its parameters name.</summary>
    public IEnumerable<string> ParameterSets =>
        Parameters
            .SelectMany(property => Attributes(property, typeof(ParameterAttribute)))
            .Select(data => Named<string>(data, "ParameterSetName"))
            .OfType<string>()
            .Distinct();

    /// <summary>How a test names it.</summary>
    public override string ToString() => Name;

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, Type type) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType == type);

    private static T? Named<T>(CustomAttributeData data, string name) =>
        data
            .NamedArguments.Where(argument => argument.MemberName == name)
            .Select(argument => (T?)argument.TypedValue.Value)
            .FirstOrDefault();
}
