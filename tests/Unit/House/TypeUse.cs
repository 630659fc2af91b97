using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace Fireworks.DpoJobs.Unit.House;

/// <summary>Finds the types that a type uses: in its bases, attributes, member signatures and method bodies.</summary>
internal static class TypeUse
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The types that a type uses. Nested types are separate.</summary>
    public static IEnumerable<Type> Of(Type type) =>
        References(type).SelectMany(Parts).Where(used => !used.IsGenericParameter).Distinct();

    private static List<Type?> References(Type type)
    {
        var members = type.GetMembers(Declared).Where(member => member is not Type).Append(type).ToList();
        var used = new List<Type?> { type.BaseType };
        used.AddRange(type.GetInterfaces());
        used.AddRange(
            members.SelectMany(member => member.GetCustomAttributesData()).Select(data => data.AttributeType)
        );
        foreach (var member in members)
        {
            used.AddRange(
                member switch
                {
                    FieldInfo field => [field.FieldType],
                    PropertyInfo property => [property.PropertyType],
                    EventInfo occurrence => [occurrence.EventHandlerType],
                    MethodBase method => OfMethod(method),
                    _ => [],
                }
            );
        }
        return used;
    }

    private static List<Type?> OfMethod(MethodBase method)
    {
        var used = method.GetParameters().Select(parameter => (Type?)parameter.ParameterType).ToList();
        used.Add((method as MethodInfo)?.ReturnType);
        if (method.GetMethodBody() is { } body)
        {
            used.AddRange(body.LocalVariables.Select(local => local.LocalType));
            used.AddRange(
                body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                    .Select(clause => clause.CatchType)
            );
            used.AddRange(OfInstructions(method, body.GetILAsByteArray()!));
        }
        return used;
    }

    private static IEnumerable<Type?> OfInstructions(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var position = 0; position < code.Length; )
        {
            var first = code[position++];
            var instruction = Codes[first == 0xfe ? (short)(0xfe00 | code[position++]) : first];
            if (
                instruction.OperandType
                is OperandType.InlineField
                    or OperandType.InlineMethod
                    or OperandType.InlineTok
                    or OperandType.InlineType
            )
            {
                var member = method.Module.ResolveMember(
                    BitConverter.ToInt32(code, position),
                    typeArguments,
                    methodArguments
                );
                yield return member as Type ?? member!.DeclaringType;
                foreach (
                    var argument in member is MethodInfo { IsGenericMethod: true } call
                        ? call.GetGenericArguments()
                        : []
                )
                {
                    yield return argument;
                }
            }
            position += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, position)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null)
        {
            return [];
        }
        if (type.HasElementType)
        {
            return Parts(type.GetElementType());
        }
        return type.GetGenericArguments().SelectMany(Parts).Append(type);
    }
}
