using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Models are written as JSON and read again without loss.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<Type> Models => [.. ModelTypes.All];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_property_of_a_model_survives_writing_and_reading(Type type)
    {
        var counter = 0;
        var model = Fill(type, ref counter);
        var info = WithSecrets(type);

        var json = JsonSerializer.Serialize(model, info);
        var read = JsonSerializer.Deserialize(json, info)!;

        Assert.Equal(Values(model, "").ToList(), Values(read, "").ToList());
        Assert.Equal(ModelTypes.JsonPaths(info).Count(path => !path.Contains("[]")), Names(json).Count());
        Assert.Equal(json, JsonSerializer.Serialize(read, info));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Unset_properties_are_not_written(Type type)
    {
        var json = JsonSerializer.Serialize(Activator.CreateInstance(type), ModelTypes.Metadata(type));

        // The list of a page is never null.
        Assert.Equal(type == typeof(DpoJobPage) ? """{"dpoJobs":[]}""" : "{}", json);
    }

#if NET
    // .NET Framework writes floating-point numbers with 17 digits.
    [Fact]
    public void A_response_with_every_documented_and_an_unknown_field_is_written_as_it_was_read()
    {
        var sent = JsonNode.Parse(Samples.FullJob)!.AsObject();
        sent["novelty"] = JsonNode.Parse("""{"list":[1,null,"x"]}""");

        var written = JsonNode.Parse(
            JsonSerializer.Serialize(Parse.Job(sent.ToJsonString()), FireworksJsonContext.WithSecrets.DpoJob)
        );

        // .NET keeps seven of the nine fraction digits.
        sent["createTime"] = "2026-08-30T03:48:42.6457232Z";
        Assert.True(JsonNode.DeepEquals(sent, written), written!.ToJsonString());
    }
#endif

    [Fact]
    public void Numbers_and_times_are_written_in_the_proto_JSON_mapping()
    {
        var page = new DpoJobPage
        {
            TotalSize = long.MaxValue,
            Jobs =
            [
                new DpoJob
                {
                    CreateTime = new DateTimeOffset(2026, 8, 30, 5, 48, 42, TimeSpan.FromHours(2)),
                    LossConfig = new()
                    {
                        KlBeta = double.NaN,
                        Orpo = new() { Lambda = double.NegativeInfinity },
                    },
                    TrainingConfig = new() { Epochs = 3, LearningRate = 0.0001 },
                },
            ],
        };

        Assert.Equal(
            """{"dpoJobs":[{"createTime":"2026-08-30T03:48:42Z","trainingConfig":{"learningRate":0.0001,"epochs":3},"lossConfig":{"klBeta":"NaN","orpo":{"lambda":"-Infinity"}}}],"totalSize":"9223372036854775807"}""",
            JsonSerializer.Serialize(page, FireworksJsonContext.Default.DpoJobPage)
        );
    }

    private static JsonTypeInfo WithSecrets(Type type) => FireworksJsonContext.WithSecrets.GetTypeInfo(type)!;

    // A model whose properties all have different values.
    private static ApiObject Fill(Type type, ref int counter)
    {
        var model = (ApiObject)Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(model, Value(property.PropertyType, ref counter));
        }
        return model;
    }

    private static object Value(Type propertyType, ref int counter)
    {
        var type = Nullable.GetUnderlyingType(propertyType) ?? propertyType;
        counter++;
        return type.IsSubclassOf(typeof(ApiObject)) ? Fill(type, ref counter)
            : type == typeof(string) ? $"text {counter}"
            : type == typeof(SecretText) ? new SecretText($"secret {counter}")
            : type == typeof(int) ? counter
            : type == typeof(long) ? (1L << 53) + counter
            : type == typeof(double) ? counter / 7.0
            : type == typeof(bool) ? counter % 2 == 0
            : type == typeof(DateTimeOffset)
                ? new DateTimeOffset(2026, 8, 30, 3, 48, 42, TimeSpan.Zero).AddTicks(counter)
            : type.IsEnum ? Enum.ToObject(type, 1 + (counter % 10))
            : type == typeof(IReadOnlyList<string>) ? new[] { $"item {counter}", $"item {counter + 1}" }
            : type == typeof(IReadOnlyList<RpcStatusDetail>)
                ? new[] { (RpcStatusDetail)Fill(typeof(RpcStatusDetail), ref counter) }
            : type == typeof(IReadOnlyList<DpoJob>)
                ? new[]
                {
                    new DpoJob { Name = $"name {counter}" },
                    new DpoJob(),
                }
            : throw new NotSupportedException($"{type} has no test value.");
    }

    private static IEnumerable<string> Values(object model, string path) =>
        model
            .GetType()
            .GetProperties()
            .Where(property => property.Name != nameof(ApiObject.AdditionalData))
            .SelectMany(property => Flatten(property.GetValue(model), $"{path}.{property.Name}"));

    private static IEnumerable<string> Flatten(object? value, string path) =>
        value switch
        {
            ApiObject part => Values(part, path),
            SecretText secret => [$"{path}={secret.Reveal()}"],
            IEnumerable<object?> items => items.SelectMany((item, index) => Flatten(item, $"{path}[{index}]")),
            DateTimeOffset time => [FormattableString.Invariant($"{path}={time.UtcTicks} ticks")],
            _ => [FormattableString.Invariant($"{path}={value}")],
        };

    private static IEnumerable<string> Names(string json) =>
        JsonNode.Parse(json)!.AsObject().SelectMany(pair => Names(pair.Key, pair.Value));

    private static IEnumerable<string> Names(string path, JsonNode? node) =>
        node is JsonObject fields
            ? [path, .. fields.SelectMany(pair => Names($"{path}.{pair.Key}", pair.Value))]
            : [path];
}
