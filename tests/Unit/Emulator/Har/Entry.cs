using System.Linq;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

/// <summary>Makes entries of recordings.</summary>
internal static class Entry
{
    public const string Origin = "https://api.fireworks.ai";

    public static HarEntry Get(string target, string body = "", int status = 200, params (string, string)[] headers) =>
        Make("GET", Origin + target, new HarContent { Text = body }, status, headers);

    public static HarEntry Make(
        string method,
        string url,
        HarContent content,
        int status = 200,
        params (string Name, string Value)[] headers
    ) =>
        new()
        {
            Request = new HarRequest { Method = method, Url = url },
            Response = new HarResponse
            {
                Status = status,
                Headers = [.. headers.Select(header => new HarPair { Name = header.Name, Value = header.Value })],
                Content = content,
            },
        };
}
