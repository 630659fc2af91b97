using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>The body of <c>POST /_emulator/faults</c>.</summary>
internal sealed record FaultPlan
{
    public static readonly FaultPlan None = new();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>For rules with a probability: the same seed gives the same faults.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The first rule that applies to a request is played.</summary>
    [JsonRequired]
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <exception cref="InvalidInputException">The plan is invalid; the message names the position.</exception>
    public static FaultPlan Parse(string json)
    {
        FaultPlan? plan;
        try
        {
            plan = JsonSerializer.Deserialize<FaultPlan>(json, Json);
        }
        catch (JsonException e)
        {
            // The serializer's own message names its types.
            throw new InvalidInputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{e.Path ?? "$"} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}) is unknown or has the wrong type."
                ),
                e
            );
        }

        for (var i = 0; i < plan?.Rules.Count; i++)
        {
            if (plan.Rules[i] is null || plan.Rules[i].FindMistake() is not null)
            {
                throw new InvalidInputException($"$.rules[{i}]: {plan.Rules[i]?.FindMistake() ?? "it is null"}.");
            }
        }

        return plan ?? throw new InvalidInputException("$ is null.");
    }
}
