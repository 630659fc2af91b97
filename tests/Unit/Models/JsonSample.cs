using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Generates JSON for the models: usual, odd and invalid values. A seed always gives the same documents.</summary>
internal sealed class JsonSample(int seed)
{
    private static readonly string[] Texts =
    [
        "\"\"",
        "\"x\"",
        "\"accounts/fireworks/models/llama-v3p1-8b-instruct\"",
        "\"JOB_STATE_FAILED\"",
        "\"JOB_STATE_NEW\"",
        "\"INVALID_ARGUMENT\"",
        "\"Zoë 🎈\"",
        "\"a\\u0062c\\n\\\"\\ud83c\\udf88\"",
        $"\"{new string('l', 129)}\"",
        "\"\\u0000\"",
    ];

    private static readonly string[] Times =
    [
        "\"2026-08-30T03:48:42Z\"",
        "\"2026-08-30T03:48:42.645723Z\"",
        "\"2026-08-30T03:48:42.645723285Z\"",
        "\"2026-08-30T03:48:42.645723285+02:00\"",
        "\"2026-08-30T03:48:42\"",
        "\"2026-08-30\"",
        "\"2026-08-30T03:48:42\\u005a\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59.9999999Z\"",
        "\"\"",
    ];

    private static readonly string[] Integers =
    [
        "0",
        "-0",
        "7",
        "-2147483648",
        "2147483647",
        "\"8\"",
        "1.0",
        "1e2",
        "\"\"",
    ];

    private static readonly string[] Numbers =
    [
        "0",
        "0.1",
        "-1.5e-7",
        "1e300",
        "5e-324",
        "\"NaN\"",
        "\"-Infinity\"",
        "\"0.5\"",
        "\"\"",
    ];

    private static readonly string[] Odd =
    [
        "7",
        "1.5",
        "4000000000",
        "9007199254740993",
        "99999999999999999999",
        "1e400",
        "\"1e400\"",
        "true",
        "false",
        "{}",
        "[]",
        "[null,[{}]]",
        """{"a":[1,"b"],"a":2}""",
        "\"true\"",
        "\" 7 \"",
        "\"2016-12-31T23:59:60Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"\\ud800\"",
    ];

    // Invalid JSON.
    private static readonly string[] Broken =
    [
        "01",
        "\"\\x\"",
        "\"\n\"",
        "nul",
        "[1,]",
        "{,}",
        "'x'",
        "NaN",
        "/**/1",
        "\"",
        "]",
        "",
    ];

    private static readonly string[] Names =
    [
        "novelty",
        "NAME",
        "Name",
        "State",
        "stateText",
        "codeText",
        "unknownFields",
        "hasFields",
        "memorySize",
        "$type",
        "$id",
        "$values",
        "",
        "n\\u0061me",
        "st\\u0061te",
        "epoch\\u0073",
        "é",
        "\\u00e9",
        "\\ud800",
        "nam\\u0000",
    ];

    private readonly Random _random = new(seed);

    // Most documents have nothing odd or broken, so that both readers read much.
    private readonly bool _hasOdd = seed % 3 == 1;
    private readonly bool _hasBroken = seed % 12 == 2;

    /// <summary>Values of a property in their usual forms, null first.</summary>
    public static IEnumerable<string> Usual(Type type, JsonSerializerOptions options) =>
        type == typeof(string) ? ["null", .. Texts]
        : type == typeof(SecretText) ? ["null", "\"\"", "\"s\"", "\"a\\n\""]
        : type == typeof(DateTimeOffset?) ? ["null", .. Times]
        : type == typeof(int?) || type == typeof(long?) ? ["null", .. Integers]
        : type == typeof(double?) ? ["null", .. Numbers]
        : type == typeof(bool?) ? ["null", "true", "false"]
        : options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object ? ["null", "{}"]
        : ["null", "[]", "[null]"];

    /// <summary>A document of a model.</summary>
    public byte[] Document(JsonTypeInfo type) =>
        Encoding.UTF8.GetBytes(Space() + Object(type) + Space() + (_hasBroken && Rarely(4) ? "}" : ""));

    private string Object(JsonTypeInfo type)
    {
        var fields = new List<string>();
        foreach (
            var property in type.Properties.Where(property => property is { IsExtensionData: false, Set: not null })
        )
        {
            // Some names are repeated.
            for (
                var count = _random.Next(10) switch
                {
                    0 => 2,
                    < 4 => 0,
                    _ => 1,
                };
                count > 0;
                count--
            )
            {
                fields.Insert(
                    _random.Next(fields.Count + 1),
                    $"\"{property.Name}\"{Space()}:{Space()}{Value(property.PropertyType, property.Options)}"
                );
            }
        }
        while (Rarely(4))
        {
            fields.Insert(_random.Next(fields.Count + 1), $"\"{Pick(Names)}\":{(Rarely(4) ? Pick(Odd) : Pick(Texts))}");
        }
        return $"{{{string.Join(Space() + "," + Space(), fields)}}}";
    }

    private string Value(Type type, JsonSerializerOptions options) =>
        _hasBroken && Rarely(80) ? Pick(Broken)
        : _hasOdd && Rarely(40) ? Pick(Odd)
        : Rarely(8) ? "null"
        : type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
            ? Array(type.GenericTypeArguments[0], options)
        : typeof(ApiObject).IsAssignableFrom(type) ? Object(options.GetTypeInfo(type))
        : Pick([.. Usual(type, options)]);

    private string Array(Type item, JsonSerializerOptions options) =>
        $"[{string.Join(",", Enumerable.Range(0, _random.Next(4)).Select(_ => Value(item, options)))}]";

    private string Space() =>
        _random.Next(8) switch
        {
            0 => " ",
            1 => "\n",
            2 => "\t\r\n ",
            _ => "",
        };

    private bool Rarely(int times) => _random.Next(times) == 0;

    private string Pick(string[] values) => values[_random.Next(values.Length)];
}
