using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>Faults in the content of a page of jobs or of a single job.</summary>
internal static class DataFaults
{
    private const string TokenField = "nextPageToken";

    /// <summary>Is replaced with content that a JSON writer cannot write.</summary>
    private const string Placeholder = "(placeholder)";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="status">The status of the response.</param>
    /// <param name="body">Its body.</param>
    /// <param name="rule">The fault. Null if only an earlier page affects this one.</param>
    /// <param name="history">The pages that were sent.</param>
    /// <param name="token">The page token of the request.</param>
    /// <returns>The body to send.</returns>
    public static byte[] Apply(int status, byte[] body, FaultRule? rule, PageHistory? history, PageTokens token)
    {
        if (status != StatusCodes.Status200OK || !body.AsSpan().StartsWith("{"u8))
        {
            return body;
        }

        var response = JsonNode.Parse(body)!.AsObject();
        if (response["dpoJobs"] is not JsonArray page)
        {
            return rule is not null && response.ContainsKey("name") ? ApplyToJobs(rule, response, [response]) : body;
        }

        if (rule is { EmptyPage: true })
        {
            page.Clear();
            response[TokenField] = token.AfterEmptyPage;
            return Serialize(response);
        }

        var next = (string?)response[TokenField] ?? "";
        var last = page.LastOrDefault();
        MoveJobs(page, rule, history, token.Real, next);
        switch (rule)
        {
            case { TokenLoop: { } length } when history?.TokenBefore(token.Real, length - 1) is { } earlier:
                response[TokenField] = earlier;
                break;
            case { DuplicateJob: true } when history?.Find(token.Real)?.LastJob is { } previous:
                page.Insert(0, previous.DeepClone());
                break;
            case { DuplicateJob: true } when last is not null:
                page.Add(last.DeepClone());
                break;
        }

        return rule is null ? Serialize(response) : ApplyToJobs(rule, response, [.. page.OfType<JsonObject>()]);
    }

    /// <summary>Inserts the job that was moved from the previous page, and moves the last job to the next page.</summary>
    private static void MoveJobs(JsonArray page, FaultRule? rule, PageHistory? history, string token, string next)
    {
        var previous = history?.Find(token);
        var last = page.LastOrDefault();
        var inserted = previous?.MovedJob ?? (rule is { MoveJobs: true } ? previous?.LastJob : null);
        JsonNode? moved = null;
        if (inserted is not null)
        {
            page.Insert(0, inserted.DeepClone());
            if (next.Length > 0)
            {
                moved = last;
                page.RemoveAt(page.Count - 1);
            }
        }

        if (next.Length > 0)
        {
            history?.Add(next, new SentPage(token, last?.DeepClone(), moved?.DeepClone()));
        }
    }

    private static byte[] ApplyToJobs(FaultRule rule, JsonObject response, JsonObject[] jobs)
    {
        if (jobs.FirstOrDefault() is not { } first)
        {
            return Serialize(response);
        }

        switch (rule)
        {
            case { UnknownFields: true }:
                AddUnknownFields(response);
                foreach (var message in jobs.Concat(jobs.Select(job => job["trainingConfig"]).OfType<JsonObject>()))
                {
                    AddUnknownFields(message);
                }

                break;
            case { UnknownState: true }:
                first["state"] = "JOB_STATE_HIBERNATING";
                break;
            case { Misfits: true }:
                first["createTime"] = "2016-12-31T23:59:60Z";
                first["displayName"] = new JsonObject { ["text"] = "x" };
                first["trainingConfig"] = new JsonObject
                {
                    ["epochs"] = 4_000_000_000,
                    ["learningRate"] = Placeholder,
                    ["loraTargetModules"] = "q_proj",
                };
                first["wandbConfig"] = new JsonObject { ["enabled"] = "true" };
                return Replace(response, $"\"{Placeholder}\"", "1e400"u8.ToArray());
            case { BigString: { } length }:
                first["displayName"] = new string('x', length);
                break;
            case { EscapeSequences: true }:
                first["displayName"] = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202Egone\u2066";
                break;
            case { Nesting: { } depth }:
                first["somethingDeep"] = Placeholder;
                var open = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1));
                var nested = open + "{}" + new string('}', depth - 1);
                return Replace(response, $"\"{Placeholder}\"", Encoding.ASCII.GetBytes(nested));
            case { InvalidUtf8: true }:
                first["displayName"] = Placeholder;
                return Replace(response, Placeholder, [(byte)'a', 0xFF, (byte)'b']);
        }

        return Serialize(response);
    }

    private static void AddUnknownFields(JsonObject message)
    {
        message["unknownText"] = "new";
        message["unknownNumber"] = 1.5;
        message["unknownNull"] = null;
        message["unknownList"] = new JsonArray(1, "two", true);
        message["unknownMessage"] = new JsonObject { ["inner"] = new JsonObject { ["value"] = "9223372036854775807" } };
    }

    private static byte[] Serialize(JsonObject response) => Encoding.UTF8.GetBytes(response.ToJsonString(Json));

    private static byte[] Replace(JsonObject response, string placeholder, byte[] replacement)
    {
        var body = Serialize(response);
        var at = body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(placeholder));
        return [.. body[..at], .. replacement, .. body[(at + placeholder.Length)..]];
    }
}

/// <summary>The pages that were sent, by the token of the page after them.</summary>
internal sealed class PageHistory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SentPage> _byNextToken = [];

    public void Add(string nextToken, SentPage page)
    {
        lock (_lock)
        {
            _byNextToken[nextToken] = page;
        }
    }

    /// <summary>Finds the page before the one with this token; null if it is unknown.</summary>
    public SentPage? Find(string token)
    {
        lock (_lock)
        {
            return _byNextToken.GetValueOrDefault(token);
        }
    }

    /// <summary>Returns the token of the page this many pages before; null if it is unknown.</summary>
    public string? TokenBefore(string token, int pages)
    {
        for (var i = 0; i < pages; i++)
        {
            token = Find(token)?.Token ?? "";
        }

        return token.Length == 0 ? null : token;
    }
}

/// <summary>A page that was sent.</summary>
/// <param name="Token">Its own token; empty for a first page.</param>
/// <param name="LastJob">Its last job.</param>
/// <param name="MovedJob">The job that was moved to the next page.</param>
internal sealed record SentPage(string Token, JsonNode? LastJob, JsonNode? MovedJob);

/// <summary>
/// The page token of a request. The token of an empty page contains that of the real page, so it stays valid when the plan
/// is replaced.
/// </summary>
/// <param name="Received">The token in the request.</param>
/// <param name="Real">The token of the real page.</param>
internal readonly record struct PageTokens(string Received, string Real)
{
    private const string Parameter = "pageToken";
    private const string Prefix = "after-empty~";

    public string AfterEmptyPage => Prefix + Received;

    /// <summary>Puts the real token into the request.</summary>
    public static PageTokens Restore(HttpRequest request)
    {
        var received = request.Query[Parameter].ToString();
        var real = received[
            (received.LastIndexOf(Prefix, StringComparison.Ordinal) is var at and >= 0 ? at + Prefix.Length : 0)..
        ];
        if (real != received)
        {
            request.QueryString = QueryString.Create(
                request
                    .Query.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)))
                    .Select(pair => pair.Key == Parameter ? KeyValuePair.Create(Parameter, (string?)real) : pair)
            );
        }

        return new PageTokens(received, real);
    }
}
