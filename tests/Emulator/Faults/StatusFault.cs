using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>A status with its headers and body instead of the answer.</summary>
internal static class StatusFault
{
    public static async Task SendAsync(HttpContext context, int status, FaultRule rule)
    {
        var response = context.Response;
        var (type, body) = rule.Body switch
        {
            null => (null, ""),
            { ValueKind: JsonValueKind.String } text => (null, text.GetString()!),
            { } json => ("application/json", json.GetRawText()),
        };
        var bytes = Encoding.UTF8.GetBytes(body);
        response.StatusCode = status;
        response.ContentLength = bytes.Length;
        response.ContentType = type ?? FindType(body);
        foreach (var (name, value) in rule.Headers ?? new Dictionary<string, string>())
        {
            response.Headers[name] = name.Equals("retry-after", StringComparison.OrdinalIgnoreCase)
                ? RetryAfter(value, DateTimeOffset.UtcNow)
                : value;
        }

        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary><c>+1s</c> and <c>-30s</c> as an HTTP date; anything else as it is, since the service may send anything.</summary>
    public static string RetryAfter(string value, DateTimeOffset now) =>
        value.Length > 2
        && value[0] is '+' or '-'
        && value.EndsWith('s')
        && int.TryParse(value[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? now.AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture)
            : value;

    private static string? FindType(string body) =>
        body.Length == 0 ? null
        : body[0] == '<' ? "text/html; charset=utf-8"
        : "text/plain; charset=utf-8";
}
