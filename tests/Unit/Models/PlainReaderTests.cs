using System;
using System.Collections;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>The reader without metadata returns the same objects as the metadata, or leaves the document to it.</summary>
public sealed class PlainReaderTests
{
    private static readonly JsonSerializerOptions Options = FireworksJsonContext.Default.Options;

    public static TheoryData<string, string> Fields { get; } = CreateFields();

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_of_every_model_is_read_without_metadata(string model, string field)
    {
        var type = ModelTypes.Metadata(ModelTypes.WithInternal.Single(found => found.Name == model));
        var property = type.Properties.Single(found => found.Name == field);
        foreach (var value in JsonSample.Usual(property.PropertyType, property.Options))
        {
            var json = Encoding.UTF8.GetBytes($"{{{JsonSerializer.Serialize(field)}:{value}}}");

            var result = PlainReader.Read(json, (ApiObject)type.CreateObject!());

            Assert.NotNull(result);
            Assert.Null(result.UnknownFields);
            Assert.Equal(value is "null" or "\"\"" or "[]", IsUnset(property.Get!(result)));
            Assert.Null(ObjectDifference.Find(JsonSerializer.Deserialize(json, type), result));
        }
    }

    [Theory]
    [InlineData(Samples.ReferencePage)]
    [InlineData("""{"dpoJobs":[""" + Samples.FullJob + "," + Samples.ReferenceJob + """],"novelty":{"a":[1]}}""")]
    [InlineData("""{"dpoJobs":[],"nextPageToken":"","totalSize":"7"}""")]
    [InlineData("""{"dpoJobs":[null],"nextPageToken":"","totalSize":"7"}""")]
    [InlineData("""{"dpoJobs":null}""")]
    [InlineData("{}")]
    public void Usual_pages_are_read_without_metadata(string json)
    {
        var page = PlainReader.Read(Encoding.UTF8.GetBytes(json), new DpoJobPage());

        Assert.NotNull(page);
        AssertSame<DpoJobPage>(Encoding.UTF8.GetBytes(json));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData("""{"novelty":nulle}""")]
    [InlineData("""{"novelty":[truex]}""")]
    [InlineData("""{"nextPageToken":truex}""")]
    [InlineData("""{"totalSize":nulle}""")]
    [InlineData("""{"totalSize":7x}""")]
    [InlineData("""{"totalSize":07}""")]
    [InlineData("""{"dpoJobs":{}}""")]
    [InlineData("""{"dpoJobs":[7]}""")]
    [InlineData("""{"dpoJobs":[{"name":{}}]}""")]
    [InlineData("""{"dpoJobs":[{"name":"\ud800"}]}""")]
    public void Unusual_documents_are_left_to_the_metadata(string json)
    {
        Assert.Null(PlainReader.Read(Encoding.UTF8.GetBytes(json), new DpoJobPage()));
    }

    [Fact]
    public void Random_documents_are_read_like_with_the_metadata()
    {
        var readPlainly = 0;
        for (var seed = 0; seed < 5000; seed++)
        {
            var sample = new JsonSample(seed);
            readPlainly += AssertSame<DpoJobPage>(sample.Document(FireworksJsonContext.Default.DpoJobPage)) ? 1 : 0;
            AssertSame<DpoJob>(sample.Document(FireworksJsonContext.Default.DpoJob));
            AssertSame<AccountPage>(sample.Document(FireworksJsonContext.Default.AccountPage));
            AssertSame<MetricsFileEndpoint>(sample.Document(FireworksJsonContext.Default.MetricsFileEndpoint));
        }
        // Otherwise, the test would compare nothing.
        Assert.InRange(readPlainly, 1000, 4000);
    }

    [Fact]
    public void Documents_that_end_early_are_read_like_with_the_metadata()
    {
        var json = Encoding.UTF8.GetBytes(
            $$"""{"novelty":{"é":["\n"]},"dpoJobs":[{{Samples.FullJob}}],"nextPageToken":"t","totalSize":1}"""
        );
        for (var length = 0; length < json.Length; length++)
        {
            Assert.False(AssertSame<DpoJobPage>(json.AsSpan(0, length).ToArray()));
        }
    }

    [Fact]
    public void Damaged_documents_are_read_like_with_the_metadata()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var json = new JsonSample(seed).Document(FireworksJsonContext.Default.DpoJobPage);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var punctuation = "{}[]\",:\\0 eE+-.u\n\0"u8;
                json[random.Next(json.Length)] =
                    random.Next(2) == 0 ? (byte)random.Next(256) : punctuation[random.Next(punctuation.Length)];
            }
            AssertSame<DpoJobPage>(json);
        }
    }

    [Fact]
    public void Random_values_are_read_like_with_the_metadata()
    {
        string[] fields = ["name", "createTime", "totalSize", "useReservation", "a\\u0062", "state", "Name", "novelty"];
        string[] nested = ["learningRate", "epochs", "region", "loraTargetModules"];
        var readPlainly = 0;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var json =
                "{\"dpoJobs\":[{"
                + Pairs(random, fields)
                + ",\"trainingConfig\":{"
                + Pairs(random, nested)
                + "}}],"
                + Pairs(random, fields)
                + "}";
            readPlainly += AssertSame<DpoJobPage>(Encoding.UTF8.GetBytes(json)) ? 1 : 0;
        }
        Assert.InRange(readPlainly, 500, 15_000);
    }

    [Theory]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(2000)]
    public void Nested_documents_are_read_like_with_the_metadata(int depth)
    {
        var value = new string('[', depth) + new string(']', depth);

        AssertSame<DpoJobPage>(Encoding.UTF8.GetBytes($$"""{"novelty":{{value}}}"""));
        AssertSame<DpoJobPage>(
            Encoding.UTF8.GetBytes("{\"dpoJobs\":[{\"status\":{\"details\":[{\"a\":" + value + "}]}}]}")
        );
    }

    // Of a field that is repeated, the last value counts.
    private static string Pairs(Random random, string[] names) =>
        string.Join(
            ",",
            Enumerable
                .Range(0, random.Next(1, 3))
                .Select(_ => $"{Blanks(random)}\"{Choose(random, names)}\"{Blanks(random)}:{Value(random)}")
        );

    private static string Value(Random random) =>
        Blanks(random)
        + random.Next(8) switch
        {
            0 => Time(random),
            1 => $"\"{Number(random)}\"",
            2 => Choose(random, "true", "false", "null", "\"\"", "{}", "[]", "[\"a\",null,\"\"]", "nul", "-"),
            3 => Choose(random, @"""\ud83d\ude00""", @"""\udc00""", "\"\t\"", "\"\u007f\"", @"""\u0000""", @"""\/é"""),
            _ => Number(random),
        }
        + Blanks(random);

    private static string Blanks(Random random) =>
        random.Next(4) > 0 ? ""
        : random.Next(100) == 0 ? "\u00a0"
        : Choose(random, " ", "\r\n", "\t", "  ");

    private static string Number(Random random) =>
        (random.Next(5) == 0 ? "-" : "")
        + (random.Next(9) == 0 ? "0" : "")
        + Digits(random, random.Next(1, random.Next(2) == 0 ? 4 : 22))
        + (random.Next(2) == 0 ? "." + Digits(random, random.Next(20)) : "")
        + (random.Next(4) == 0 ? "e" + Digits(random, random.Next(4)) : "");

    private static string Digits(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10)));

    // Mostly valid, sometimes with one character that is not.
    private static string Time(Random random)
    {
        var time =
            $"{random.Next(10_000):D4}-{random.Next(14):D2}-{random.Next(33):D2}T{random.Next(26):D2}:{random.Next(62):D2}:{random.Next(62):D2}"
            + (random.Next(2) == 0 ? "." + Digits(random, random.Next(12)) : "")
            + Choose(random, "Z", "Z", "Z", "+01:00", "", "z");
        var position = random.Next(time.Length);
        return random.Next(4) == 0
            ? $"\"{time.Remove(position, 1).Insert(position, Choose(random, " ", "0", ":", "Z", "-", ".", "+"))}\""
            : $"\"{time}\"";
    }

    private static string Choose(Random random, params string[] of) => of[random.Next(of.Length)];

    // Returns whether the document was read without metadata.
    private static bool AssertSame<T>(byte[] json)
        where T : ApiObject, new()
    {
        var isUtf8 = ApiJson.IsUtf8(json);
        var isPlain = isUtf8 && PlainReader.Read(json, new T()) is not null;
        var expectedMismatches = new JsonMismatches();
        var expected = Outcome(() => ApiJson.ReadWithMetadata<T>(json, isUtf8, expectedMismatches));
        var mismatches = new JsonMismatches();
        var actual = Outcome(() => ApiJson.Read<T>(json, mismatches));

        var difference =
            ObjectDifference.Find(expected, actual)
            ?? (
                (expectedMismatches.Path, expectedMismatches.Job) == (mismatches.Path, mismatches.Job)
                    ? null
                    : "mismatches"
            );
        Assert.True(difference is null, $"{difference}: {Encoding.UTF8.GetString(json)}");
        if (isPlain)
        {
            Assert.Null(expectedMismatches.Path);
            Assert.Null(ObjectDifference.Find(JsonSerializer.Deserialize<T>(json, Options), actual));
        }
        return isPlain;
    }

    private static object? Outcome(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            return (
                exception.Message,
                exception.Path,
                exception.LineNumber,
                exception.BytePositionInLine,
                exception.InnerException?.Message
            );
        }
    }

    private static bool IsUnset(object? value) => value is null or IList { Count: 0 };

    private static TheoryData<string, string> CreateFields()
    {
        var rows = new TheoryData<string, string>();
        foreach (var type in ModelTypes.WithInternal.Select(ModelTypes.Metadata))
        {
            foreach (
                var property in type.Properties.Where(property => !property.IsExtensionData && property.Set is not null)
            )
            {
                rows.Add(type.Type.Name, property.Name);
            }
        }
        return rows;
    }
}
