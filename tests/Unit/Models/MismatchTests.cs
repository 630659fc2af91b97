using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>A value that does not fit its field costs neither the job nor the page.</summary>
public sealed class MismatchTests
{
    private const string Name = "accounts/acme/dpoJobs/odd";

    // Valid JSON of every kind, and values that look right but are out of range.
    private static readonly string[] Values =
    [
        "7",
        "1.5",
        "4000000000",
        "99999999999999999999",
        "-1e400",
        "true",
        "{}",
        """{"a":[1,"b"]}""",
        "[]",
        "[7]",
        "[{}]",
        "[[]]",
        "\"x\"",
        "\"true\"",
        "\"1e400\"",
        "\"2016-12-31T23:59:60Z\"",
        "\"10000-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"\\ud800\"",
    ];

    private static readonly JsonSerializerOptions Revealing = new()
    {
        Converters = { new SecretTextConverter(writesSecrets: true) },
    };

    public static TheoryData<string, string> Fields { get; } = CreateFields();

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_keeps_a_value_that_does_not_fit_as_an_unknown_field(string path, string value)
    {
        var mismatches = new JsonMismatches();
        var page = Parse.Page(
            $$"""{"dpoJobs":[{"name":"{{Name}}"},{{Wrap(path, value)}},{"dataset":"good"}],"totalSize":3}""",
            mismatches
        );

        Assert.Equal(3, page.Jobs.Count);
        Assert.Equal("good", page.Jobs[2].Dataset);
        var (owner, field, found) = Find(page.Jobs[1], path);
        Assert.Equal(path.Replace("[]", "[0]", StringComparison.Ordinal), mismatches.Path);
        Assert.Equal(path == "name" ? null : Name, mismatches.Job);
        Assert.True(found is null or IList { Count: 0 }, $"{path} is {found}.");
        Assert.Equal(Print(Unknown(value)), Print(owner.AdditionalData[field]));
    }

    [Fact]
    public void The_fields_of_every_model_of_a_job_are_tested()
    {
        var tested = Fields.Select(row => row.Data.Item1.Replace("[]", "", StringComparison.Ordinal));

        Assert.Equal(
            ModelTypes
                .JsonPaths(FireworksJsonContext.Default.DpoJob)
                .Select(path => path.Replace("[]", "", StringComparison.Ordinal))
                .Order(),
            tested.Distinct().Order()
        );
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("\"many\"")]
    [InlineData("9223372036854775808")]
    [InlineData("9007199254740994.0")]
    [InlineData("false")]
    [InlineData("[]")]
    public void A_total_that_does_not_fit_is_null_and_an_unknown_field_of_the_page(string value)
    {
        var mismatches = new JsonMismatches();

        var page = Parse.Page($$"""{"totalSize":{{value}}}""", mismatches);

        Assert.Null(page.TotalSize);
        Assert.True(page.HasFields);
        Assert.Equal(Print(Unknown(value)), Print(page.AdditionalData["totalSize"]));
        Assert.Equal(("totalSize", null), (mismatches.Path, mismatches.Job));
    }

    [Fact]
    public void Items_that_are_no_jobs_are_left_out_and_kept_as_an_unknown_field_of_the_page()
    {
        var mismatches = new JsonMismatches();

        var page = Parse.Page("""{"dpoJobs":[7,{"name":"a"},null,"x",[]]}""", mismatches);

        Assert.Equal(["a", null], page.Jobs.Select(job => job?.Name));
        Assert.Equal("""[7,"x",[]]""", Print(page.AdditionalData["dpoJobs"]));
        Assert.Equal("dpoJobs", mismatches.Path);
    }

    [Fact]
    public void Only_the_first_mismatch_is_reported()
    {
        var mismatches = new JsonMismatches();

        Parse.Page(
            """{"dpoJobs":[{"name":"a"},{"status":7,"name":"b","createTime":{}},{"name":"c","status":8}],"totalSize":[]}""",
            mismatches
        );

        Assert.Equal(("status", "b"), (mismatches.Path, mismatches.Job));
    }

    [Fact]
    public void A_document_without_mismatches_reports_none()
    {
        var mismatches = new JsonMismatches();

        Parse.Page($$"""{"dpoJobs":[{{Samples.FullJob}}]}""", mismatches);

        Assert.Null(mismatches.Path);
    }

    [Fact]
    public void The_tolerant_reader_reads_every_field_like_the_serializer()
    {
        var page = Parse.Page($$"""{"dpoJobs":[{{Samples.FullJob}}],"nextPageToken":"t","totalSize":[]}""");

        Assert.Equal(
            JsonSerializer.Serialize(Parse.Job(Samples.FullJob), FireworksJsonContext.WithSecrets.DpoJob),
            JsonSerializer.Serialize(Assert.Single(page.Jobs), FireworksJsonContext.WithSecrets.DpoJob)
        );
        Assert.Equal("t", page.NextPageToken);
    }

    [Fact]
    public void A_number_in_place_of_a_secret_is_a_secret()
    {
        Assert.Equal("12345", Parse.Job("""{"wandbConfig":{"apiKey":12345}}""").WandbConfig!.ApiKey!.Reveal());
    }

    [Fact]
    public void A_secret_that_is_an_object_is_not_shown()
    {
        var job = Parse.Job("""{"wandbConfig":{"apiKey":{"value":"canary"}},"trainerLogsSignedUrl":["canary"]}""");

        Assert.DoesNotContain(
            "canary",
            ViewOutline.Format(job.WandbConfig) + ViewOutline.FormatAdditionalData((IDictionary)job.AdditionalData),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"dpoJobs":[{"name":7,"createTime":{}},{"na""")]
    [InlineData("""{"dpoJobs":[{"createTime":{}}]} trailing""")]
    [InlineData("""{"dpoJobs":[{"createTime":{}}],}""")]
    [InlineData("""{"dpoJobs":[{"createTime":"\x"}]}""")]
    public void Invalid_JSON_is_an_error_even_after_a_mismatch(string json)
    {
        var exception = Assert.ThrowsAny<JsonException>(() => Parse.Page(json));

        Assert.IsType<JsonException>(exception.InnerException, exactMatch: false);
        Assert.NotNull(exception.BytePositionInLine);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_an_error_even_in_unknown_fields()
    {
        byte[] json = [.. "{\"dpoJobs\":[],\"novelty\":\""u8, 0xff, .. "\"}"u8];

        Assert.ThrowsAny<JsonException>(() => ApiJson.Read<DpoJobPage>(json, new JsonMismatches()));
    }

    [Fact]
    public void Names_with_half_of_a_surrogate_pair_keep_their_escape_sequences()
    {
        var job = Parse.Job("""{"a\"\ud800":1,"novelty":{"b\ud800\"":2}}""");

        Assert.Equal(1L, job.AdditionalData["""a\"\ud800"""]);
        Assert.Equal("""{"b\\ud800\\\u0022":2}""", Print(job.AdditionalData["novelty"]));
    }

    [Theory]
    [InlineData("1e400", "1e400")]
    [InlineData("-1e400", "-1e400")]
    [InlineData("1e300", 1e300)]
    public void A_number_that_no_type_can_represent_is_kept_as_its_text(string json, object expected)
    {
        Assert.Equal(expected, Parse.Job($$"""{"novelty":{{json}}}""").AdditionalData["novelty"]);
    }

    [Theory]
    [InlineData("{}", 1)]
    [InlineData("[]", 1)]
    [InlineData("\"a,b{[\"", 1)]
    [InlineData("""{"a":1,"b":[2,{}]}""", 5)]
    public void Counts_the_values_of_a_document_but_not_characters_in_strings(string item, int count)
    {
        var atLimit = (ApiJson.MaxValues - 1) / count;

        Assert.False(ApiJson.IsTooLarge(Repeat(item, atLimit)));
        Assert.True(ApiJson.IsTooLarge(Repeat(item, atLimit + 1)));
    }

    [Fact]
    public void Invalid_JSON_is_not_too_large()
    {
        Assert.False(ApiJson.IsTooLarge(Encoding.UTF8.GetBytes("[," + new string('{', 200_000))));
    }

    private static byte[] Repeat(string item, int count) =>
        Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Repeat(item, count))}]");

    private static TheoryData<string, string> CreateFields()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (path, type) in ModelTypes.JsonFields(FireworksJsonContext.Default.DpoJob))
        {
            foreach (var value in Values.Where(value => !Fits(type, value)))
            {
                rows.Add(path, value);
            }
        }
        return rows;
    }

    private static bool Fits(Type type, string value)
    {
        var first = value[0];
        var isText = first == '"' && value != "\"\\ud800\"";
        var isNumber = first is '-' or (>= '0' and <= '9');
        return type == typeof(string) || type == typeof(SecretText) ? isText || isNumber || value == "true"
            : type == typeof(int?) ? value == "7"
            : type == typeof(long?) ? value is "7" or "4000000000"
            : type == typeof(double?) ? isNumber && value != "-1e400"
            : type == typeof(bool?) ? value == "true"
            : type == typeof(DateTimeOffset?) ? false
            : type.IsSubclassOf(typeof(ApiObject)) ? first == '{'
            : type.GenericTypeArguments[0] == typeof(string) ? value is "[]" or "[7]"
            : value is "[]" or "[{}]";
    }

    private static string Wrap(string path, string value)
    {
        foreach (var part in Enumerable.Reverse(path.Split('.')))
        {
            value = part.EndsWith("[]", StringComparison.Ordinal)
                ? $$"""{"{{part[..^2]}}":[{{value}}]}"""
                : $$"""{"{{part}}":{{value}}}""";
        }
        return path == "name" ? value : $$"""{"name":"{{Name}}",{{value[1..]}}""";
    }

    private static (ApiObject Owner, string Field, object? Value) Find(ApiObject owner, string path)
    {
        var parts = path.Split('.');
        foreach (var part in parts.SkipLast(1))
        {
            var isList = part.EndsWith("[]", StringComparison.Ordinal);
            var value = Get(owner, isList ? part[..^2] : part);
            owner = isList ? Assert.Single((IReadOnlyList<RpcStatusDetail>)value!) : (ApiObject)value!;
        }
        return (owner, parts[^1], Get(owner, parts[^1]));
    }

    private static object? Get(object owner, string field) =>
        ModelTypes.Metadata(owner.GetType()).Properties.Single(property => property.Name == field).Get!(owner);

    private static object? Unknown(string value) => Parse.Job($$"""{"novelty":{{value}}}""").AdditionalData["novelty"];

    private static string Print(object? value) => JsonSerializer.Serialize(value, Revealing);
}
