using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Downloads;

/// <summary>The objects of a file: all of them or the last ones, with or without its incomplete last line.</summary>
public sealed class JobReaderTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "c")]
    [InlineData(2, "b|c")]
    [InlineData(9, "a|b|c")]
    [InlineData(int.MaxValue, "a|b|c")]
    [InlineData(null, "a|b|c")]
    public async Task The_last_lines_include_an_incomplete_one_if_the_file_is_read_once(int? last, string lines)
    {
        using var storage = new FakeStorage { Text = "a\nb\nc" };
        using var reader = Create(storage, last);
        reader.IsFinalRead = true;

        Assert.Equal(lines, await ReadAsync(reader));
    }

    [Theory]
    [InlineData(1, "b|c\nd")]
    [InlineData(null, "a|b|c\nd")]
    public async Task An_incomplete_line_is_left_for_later_if_the_file_is_read_again(int? last, string lines)
    {
        using var storage = new FakeStorage { Text = "a\nb\nc" };
        using var reader = Create(storage, last);

        var before = await ReadAsync(reader);
        storage.Text = "a\nb\nc\\n\nd".Replace("\\n", "", System.StringComparison.Ordinal);
        var after = await ReadAsync(reader);
        reader.IsFinalRead = true;
        var rest = await ReadAsync(reader);

        Assert.Equal(lines, $"{before}|{after}\n{rest}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_file_that_appears_later_is_read_from_its_beginning(string? before)
    {
        using var storage = new FakeStorage { Content = before is null ? null : [] };
        using var reader = Create(storage, 2);

        Assert.Empty(await ReadAsync(reader));
        storage.Text = Lines(100_000);

        Assert.StartsWith("1|2|3|", await ReadAsync(reader), System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_lines_of_a_large_file_take_one_small_request()
    {
        using var storage = new FakeStorage { Text = Lines(100_000) };
        using var reader = Create(storage, 2);
        reader.IsFinalRead = true;

        Assert.Equal("99999|100000", await ReadAsync(reader));
        Assert.Equal(["file 1 bytes=-65536"], storage.Downloads);
    }

    [Fact]
    public async Task A_larger_part_is_requested_if_the_lines_are_longer_than_expected()
    {
        var line = new string('x', 50_000);
        using var storage = new FakeStorage { Text = string.Concat(Enumerable.Repeat(line + "\n", 20)) };
        using var reader = Create(storage, 3);
        reader.IsFinalRead = true;

        Assert.Equal(string.Join('|', Enumerable.Repeat(line, 3)), await ReadAsync(reader));
        Assert.Equal(["file 1 bytes=-65536", "file 1 bytes=-524288"], storage.Downloads);
    }

    [Fact]
    public async Task Only_valid_metrics_are_counted()
    {
        using var storage = new FakeStorage { Text = "{\"step\":1}\n{\"step\":2}\nno\n\n{\"step\":3}\n{\"st" };
        using var lines = new LineReader(
            storage.Client,
            storage.Metrics(),
            false,
            TestContext.Current.CancellationToken
        );
        using var reader = new JobReader(lines, new MetricLineConverter(FakeStorage.Name, storage.Log), 2)
        {
            IsFinalRead = true,
        };

        var metrics = new List<object>();
        while (await reader.ReadAsync() is { } items)
        {
            metrics.AddRange(items);
        }

        Assert.Equal([2, 3], metrics.Cast<DpoJobMetric>().Select(metric => metric.Step));
    }

    [Fact]
    public async Task A_missing_file_has_no_last_lines()
    {
        using var storage = new FakeStorage();
        using var reader = Create(storage, 2);
        reader.IsFinalRead = true;

        Assert.Equal("", await ReadAsync(reader));
        Assert.True(reader.IsMissing);
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(1, count).Select(number => $"{number}\n"));

    private static JobReader Create(FakeStorage storage, int? last) =>
        new(
            new LineReader(storage.Client, storage.Metrics(), true, TestContext.Current.CancellationToken),
            new LogLineConverter(isRaw: false),
            last
        );

    private static async Task<string> ReadAsync(JobReader reader)
    {
        var result = new List<object>();
        while (await reader.ReadAsync() is { } items)
        {
            result.AddRange(items);
        }
        return string.Join('|', result);
    }
}
