using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>
/// The attributes of a cmdlet, read as metadata: the attribute objects of PowerShellStandard are stubs that return
/// defaults.
/// </summary>
internal sealed class CmdletMetadata(Type type)
{
    private readonly CustomAttributeData _cmdlet = Attributes(type, typeof(CmdletAttribute)).Single();

    /// <summary>All cmdlets of the module, found by reflection so that the tests include new ones.</summary>
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

    public bool HasConfirmImpact => _cmdlet.NamedArguments.Any(argument => argument.MemberName == "ConfirmImpact");

    /// <summary>The confirm impact; PowerShell's default is Medium.</summary>
    public ConfirmImpact ConfirmImpact =>
        HasConfirmImpact ? (ConfirmImpact)Named<int>(_cmdlet, "ConfirmImpact") : ConfirmImpact.Medium;

    /// <summary>The declared output types; void for a cmdlet without output.</summary>
    public IEnumerable<Type> OutputTypes =>
        Attributes(Type, typeof(OutputTypeAttribute))
            .SelectMany(data => data.ConstructorArguments)
            .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
            .Select(argument => argument.Value)
            .OfType<Type>();

    /// <summary>The properties that are parameters, including those of base classes.</summary>
    public IEnumerable<PropertyInfo> Parameters =>
        Type.GetProperties().Where(property => Attributes(property, typeof(ParameterAttribute)).Any());

    /// <summary>The parameter sets that parameters belong to.</summary>
    public IEnumerable<string> ParameterSets =>
        Parameters
            .SelectMany(property => Attributes(property, typeof(ParameterAttribute)))
            .Select(data => Named<string>(data, "ParameterSetName"))
            .OfType<string>()
            .Distinct();

    /// <summary>The name, for test reports.</summary>
    public override string ToString() => Name;

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, Type type) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType == type);

    private static T? Named<T>(CustomAttributeData data, string name) =>
        data
            .NamedArguments.Where(argument => argument.MemberName == name)
            .Select(argument => (T?)argument.TypedValue.Value)
            .FirstOrDefault();
}
