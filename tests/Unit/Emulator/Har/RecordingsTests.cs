using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Har;
using Fireworks.DpoJobs.Emulator.Replay;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Har;

/// <summary>The recordings that are kept in the repository.</summary>
public sealed partial class RecordingsTests
{
    // Each member that HAR 1.2 demands, so that other tools can read the files.
    private static readonly string[] OfEntry = ["startedDateTime", "time", "request", "response", "cache", "timings"];
    private static readonly string[] OfRequest =
    [
        "method",
        "url",
        "httpVersion",
        "cookies",
        "headers",
        "queryString",
        "headersSize",
        "bodySize",
    ];
    private static readonly string[] OfResponse =
    [
        "status",
        "statusText",
        "httpVersion",
        "cookies",
        "headers",
        "content",
        "redirectURL",
        "headersSize",
        "bodySize",
    ];

    private static readonly string Folder = FindFolder();

    public static TheoryData<string> Names =>
        [
            .. Directory
                .GetFiles(Folder, "*.har", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Folder, file))
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void They_are_found() => Assert.True(Names.Count >= 9, $"{Names.Count} recordings in {Folder}");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_answers_every_request_that_it_holds(string name)
    {
        var entries = HarJson.Read(Path.Combine(Folder, name)).Entries;
        var handler = ReplayHandler.Load(Path.Combine(Folder, name), TextWriter.Null);

        Assert.NotEmpty(entries);
        foreach (var entry in entries)
        {
            var answer = await Answer.To(handler, new Uri(entry.Request.Url).PathAndQuery, entry.Request.Method);
            Assert.Equal(entry.Response.Status, answer.Status);
            Assert.Equal(entry.Response.Content.Size, answer.Body.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_says_what_it_is_made_from(string name)
    {
        var log = HarJson.Read(Path.Combine(Folder, name));

        Assert.Matches(
            "^Made from the reference pages .*not recorded from the live service|^Recorded from https://",
            log.Comment
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_HAR_1_2(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name)));
        var log = document.RootElement.GetProperty("log");

        Assert.Equal("1.2", log.GetProperty("version").GetString());
        AssertHas(log.GetProperty("creator"), ["name", "version"]);
        foreach (var entry in log.GetProperty("entries").EnumerateArray())
        {
            AssertHas(entry, OfEntry);
            AssertHas(entry.GetProperty("request"), OfRequest);
            AssertHas(entry.GetProperty("response"), OfResponse);
            AssertHas(entry.GetProperty("response").GetProperty("content"), ["size", "mimeType"]);
            AssertHas(entry.GetProperty("timings"), ["send", "wait", "receive"]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_of_the_services_address_and_lists_the_query_that_it_has(string name)
    {
        foreach (var request in HarJson.Read(Path.Combine(Folder, name)).Entries.Select(entry => entry.Request))
        {
            var query = string.Join(
                '&',
                request.QueryString.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}")
            );
            Assert.StartsWith(Entry.Origin + "/v1/accounts", request.Url, StringComparison.Ordinal);
            Assert.Equal(query, new Uri(request.Url).Query.TrimStart('?'));
        }
    }

    [Fact]
    public void No_two_files_of_a_folder_answer_one_request()
    {
        var lines = Directory
            .GetFiles(Folder, "*.har")
            .SelectMany(file =>
                ReplayEntries.Load(file).Select(entry => (entry.Line.Text, File: Path.GetFileName(file)))
            )
            .Distinct()
            .GroupBy(pair => pair.Text, pair => pair.File);

        Assert.DoesNotContain(lines, group => group.Count() > 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void None_holds_what_looks_like_a_real_secret(string name)
    {
        var suspects = AllStrings(HarJson.Read(Path.Combine(Folder, name)))
            .SelectMany(text => Suspicious().Matches(text).Select(match => match.Value))
            .Where(suspect => !IsFake(suspect));

        Assert.Empty(suspects);
    }

    [Theory]
    [InlineData("\"apiKey\":\"0123456789abcdef0123456789abcdef01234567\"")]
    [InlineData("\"trainerLogsSignedUrl\":\"https://h/real\"")]
    [InlineData("\"credentialsSecret\":\"accounts/acme/secrets/aws\"")]
    [InlineData("fw_3ZrealKey")]
    [InlineData("Bearer real")]
    [InlineData("https://h/x?sig=real")]
    [InlineData("jane.doe@acme.example")]
    public void That_test_would_find_one(string text) =>
        Assert.Contains(Suspicious().Matches(text), match => !IsFake(match.Value));

    // Written anew here on purpose: the recorder's own rules are not to judge themselves.
    [GeneratedRegex(
        """"
            "(?:apiKey|credentialsSecret|\w*[sS]ignedUrl)"\s*:\s*"[^"]+"|\b(?:fw|fpk)_\w+|Bearer \S+|\w+://[^\s"]+\?[^\s"]+|[^\s"]+@[^\s"]+\.\w+
            """"
    )]
    private static partial Regex Suspicious();

    private static bool IsFake(string suspect) =>
        suspect.Contains("FAKE", StringComparison.Ordinal)
        || suspect.Contains("<string>", StringComparison.Ordinal)
        || suspect is "Bearer REDACTED" or "someone@example.com"
        || suspect.StartsWith(Entry.Origin + "/v1/accounts", StringComparison.Ordinal);

    private static IEnumerable<string> AllStrings(HarLog log) =>
        log.Entries.SelectMany(entry =>
            entry
                .Request.Headers.Concat(entry.Request.QueryString)
                .Concat(entry.Response.Headers)
                .Select(pair => pair.Value)
                .Append(entry.Request.Url)
                .Append(entry.Request.PostData?.Text ?? "")
                .Append(Body(entry.Response.Content))
        );

    private static string Body(HarContent content) =>
        content.Encoding == "base64"
            ? Encoding.Latin1.GetString(Convert.FromBase64String(content.Text!))
            : content.Text ?? "";

    private static void AssertHas(JsonElement element, string[] names) =>
        Assert.All(names, name => Assert.True(element.TryGetProperty(name, out _), $"{name} is missing in {element}"));

    // Found from where the tests run, since paths in the source are mapped.
    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "tests", "Recordings")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(
            folder?.FullName ?? throw new DirectoryNotFoundException("No tests/Recordings above the tests."),
            "tests",
            "Recordings"
        );
    }
}
