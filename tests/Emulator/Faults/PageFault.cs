using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Changes what an answer says: a page of jobs, or a single job. Other answers stay as they are.</summary>
internal static class PageFault
{
    public const string TokenParameter = "pageToken";

    private const string TokenField = "nextPageToken";

    /// <summary>Stands in the JSON where something comes that a JSON writer would refuse to write.</summary>
    private const string Placeholder = "(placeholder)";

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="rule">What is changed; null for what an earlier page left to this one.</param>
    /// <param name="reply">The answer; it is changed.</param>
    /// <param name="pages">What is known of earlier pages.</param>
    /// <param name="asked">The page token of the request; empty for none.</param>
    /// <returns>The body to send, or null when it stays as it is.</returns>
    public static byte[]? Apply(FaultRule? rule, JsonObject reply, EarlierPages? pages, string asked)
    {
        if (reply["dpoJobs"] is JsonArray page)
        {
            return ApplyToPage(rule, reply, page, pages, asked);
        }

        return rule is not null && reply.ContainsKey("name") ? ApplyToJobs(rule, reply, [reply]) : null;
    }

    private static byte[] ApplyToPage(
        FaultRule? rule,
        JsonObject reply,
        JsonArray page,
        EarlierPages? pages,
        string asked
    )
    {
        if (rule is { EmptyPage: true })
        {
            page.Clear();
            reply[TokenField] = EmptyPageToken.Create(asked);
            return Serialize(reply);
        }

        var next = (string?)reply[TokenField] ?? "";
        var last = page.LastOrDefault();
        // What made way on the page before comes here, whatever else happens to this page.
        var comesIn = pages?.MovedFrom(asked) ?? (rule is { MoveJobs: true } ? pages?.LastBefore(asked) : null);
        var makesWay = comesIn is null ? null : Move(page, comesIn, isLast: next.Length == 0);
        if (next.Length > 0)
        {
            pages?.Keep(next, asked, last, makesWay);
        }

        switch (rule)
        {
            case { TokenLoop: { } length } when pages?.Before(asked, length - 1) is { } seen:
                reply[TokenField] = seen;
                break;
            case { DuplicateJob: true } when pages?.LastBefore(asked) is { } before:
                page.Insert(0, before);
                break;
            case { DuplicateJob: true } when last is not null:
                page.Add(last.DeepClone());
                break;
            case not null:
                return ApplyToJobs(rule, reply, page.OfType<JsonObject>().ToList()) ?? Serialize(reply);
        }

        return Serialize(reply);
    }

    /// <summary>One job comes in at the front; so the last one has to go to the next page, if there is one.</summary>
    private static JsonNode? Move(JsonArray page, JsonNode before, bool isLast)
    {
        page.Insert(0, before);
        if (isLast)
        {
            return null;
        }

        var makesWay = page[^1];
        page.RemoveAt(page.Count - 1);
        return makesWay;
    }

    private static byte[]? ApplyToJobs(FaultRule rule, JsonObject reply, List<JsonObject> jobs)
    {
        if (jobs.FirstOrDefault() is not { } first)
        {
            return null;
        }

        switch (rule)
        {
            case { UnknownFields: true }:
                AddUnknownFields(reply);
                foreach (var message in jobs.Concat(jobs.Select(job => job["trainingConfig"]).OfType<JsonObject>()))
                {
                    AddUnknownFields(message);
                }

                return Serialize(reply);
            case { UnknownState: true }:
                first["state"] = "JOB_STATE_HIBERNATING";
                return Serialize(reply);
            case { BigString: { } length }:
                first["displayName"] = new string('x', length);
                return Serialize(reply);
            case { EscapeSequences: true }:
                first["displayName"] = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202Egone\u2066";
                return Serialize(reply);
            case { Nesting: { } depth }:
                first["somethingDeep"] = Placeholder;
                return Replace(reply, $"\"{Placeholder}\"", Encoding.ASCII.GetBytes(Nested(depth)));
            case { InvalidUtf8: true }:
                first["displayName"] = Placeholder;
                return Replace(reply, Placeholder, [(byte)'a', 0xFF, (byte)'b']);
            default:
                return null;
        }
    }

    private static void AddUnknownFields(JsonObject message)
    {
        message["unknownText"] = "new";
        message["unknownNumber"] = 1.5;
        message["unknownNull"] = null;
        message["unknownList"] = new JsonArray(1, "two", true);
        message["unknownMessage"] = new JsonObject { ["inner"] = new JsonObject { ["value"] = "9223372036854775807" } };
    }

    private static string Nested(int depth) =>
        new StringBuilder().Insert(0, "{\"a\":", depth - 1).Append("{}").Append('}', depth - 1).ToString();

    private static byte[] Serialize(JsonObject reply) => Encoding.UTF8.GetBytes(reply.ToJsonString(Options));

    private static byte[] Replace(JsonObject reply, string placeholder, byte[] replacement)
    {
        var text = reply.ToJsonString(Options);
        var at = text.IndexOf(placeholder, StringComparison.Ordinal);
        return
        [
            .. Encoding.UTF8.GetBytes(text[..at]),
            .. replacement,
            .. Encoding.UTF8.GetBytes(text[(at + placeholder.Length)..]),
        ];
    }
}
