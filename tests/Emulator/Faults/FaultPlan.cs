using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>
/// A schedule of faults as it is written down: the file of <c>--faults</c> and the body of <c>POST /_emulator/faults</c>.
/// </summary>
internal sealed record FaultPlan
{
    public static readonly FaultPlan None = new();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>For the rules with a probability: the same seed, the same faults.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Of the rules that apply to a request, the first one is played.</summary>
    [JsonRequired]
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <exception cref="FaultPlanException">It is not a plan; the message names the place.</exception>
    public static FaultPlan Parse(string json)
    {
        var plan = Read(json);
        for (var i = 0; i < plan.Rules.Count; i++)
        {
            if (plan.Rules[i] is not { } rule)
            {
                throw new FaultPlanException($"$.rules[{i}] is null.");
            }

            if (rule.FindMistake() is { } mistake)
            {
                throw new FaultPlanException($"$.rules[{i}]: {mistake}.");
            }
        }

        return plan;
    }

    private static FaultPlan Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<FaultPlan>(json, Json)
                ?? throw new FaultPlanException("$ is null where {\"rules\":[…]} is expected.");
        }
        catch (JsonException e)
        {
            // The serializer's own words name its types; the place is what helps.
            throw new FaultPlanException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{e.Path ?? "$"} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}) is not known, or not of this kind."
                )
            );
        }
    }
}

/// <summary>A plan that cannot be followed.</summary>
internal sealed class FaultPlanException(string message) : Exception(message);
