using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>Reads the bodies of control calls.</summary>
internal static class ControlBody
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <exception cref="InvalidInputException">The body is invalid; the message begins with the position.</exception>
    public static T Parse<T>(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json) ?? throw new InvalidInputException("$ is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"{e.Path ?? "$"} is unknown, missing or has the wrong type.", e);
        }
    }
}
