using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Recordings;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Recordings;

/// <summary>The recordings in the repository.</summary>
public sealed partial class RecordingsTests
{
    private static readonly string Folder = FindFolder();

    public static TheoryData<string> Names =>
        [
            .. Directory
                .GetFiles(Folder, "*.har", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Folder, file))
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void The_repository_has_recordings() =>
        Assert.True(Names.Count >= 9, $"{Names.Count} recordings in {Folder}");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_recording_replays_its_responses(string name)
    {
        var entries = HarLog.Read(Path.Combine(Folder, name)).Entries;
        var handler = ReplayHandler.Load(Path.Combine(Folder, name), TextWriter.Null);

        Assert.NotEmpty(entries);
        foreach (var entry in entries)
        {
            var replayed = await Replayed.From(handler, new Uri(entry.Request.Url).PathAndQuery, entry.Request.Method);
            Assert.Equal(entry.Response.Status, replayed.Status);
            Assert.Equal(entry.Response.Content.Size, replayed.Body.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_recording_states_its_origin(string name)
    {
        var log = HarLog.Read(Path.Combine(Folder, name));

        Assert.Matches(
            "^Made from the reference pages .*not recorded from the live service|^Recorded from https://",
            log.Comment
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_recording_has_the_address_of_the_service_and_lists_its_query(string name)
    {
        foreach (var request in HarLog.Read(Path.Combine(Folder, name)).Entries.Select(entry => entry.Request))
        {
            var query = string.Join(
                '&',
                request.QueryString.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}")
            );
            Assert.StartsWith(RecordingFolder.Origin + "/v1/accounts", request.Url, StringComparison.Ordinal);
            Assert.Equal(query, new Uri(request.Url).Query.TrimStart('?'));
        }
    }

    [Fact]
    public void No_two_recordings_in_a_folder_have_the_same_request()
    {
        var lines = Directory
            .GetFiles(Folder, "*.har")
            .SelectMany(file =>
                ReplayHandler.LoadResponses(file).Select(entry => (entry.Line.Text, File: Path.GetFileName(file)))
            )
            .Distinct()
            .GroupBy(pair => pair.Text, pair => pair.File);

        Assert.DoesNotContain(lines, group => group.Count() > 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_recording_contains_a_real_secret(string name)
    {
        var suspects = AllStrings(HarLog.Read(Path.Combine(Folder, name)))
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
    public void The_check_for_real_secrets_finds_them(string text) =>
        Assert.Contains(Suspicious().Matches(text), match => !IsFake(match.Value));

    // Independent of the rules of the recorder.
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
        || suspect.StartsWith(RecordingFolder.Origin + "/v1/accounts", StringComparison.Ordinal);

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

    // Relative to the test assembly, because paths in the source are mapped.
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
