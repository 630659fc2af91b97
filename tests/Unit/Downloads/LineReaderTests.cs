using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Downloads;

/// <summary>Lines of a remote file that grows, breaks off and may be replaced.</summary>
public sealed class LineReaderTests
{
    private static readonly string Numbers = string.Concat(
        Enumerable.Range(1, 20_000).Select(number => $"line {number}\n")
    );

    [Theory]
    [InlineData("", "", null)]
    [InlineData("a\nb\n", "1 0 a|2 2 b", null)]
    [InlineData("a\n\nb", "1 0 a|2 2 ", "b")]
    [InlineData("a\r\n", "1 0 a\r", null)]
    [InlineData("a", "", "a")]
    public async Task Lines_have_numbers_and_positions_and_an_incomplete_one_is_the_rest(
        string text,
        string lines,
        string? rest
    )
    {
        using var storage = new FakeStorage { Text = text };
        using var reader = Create(storage);

        Assert.Equal(lines, string.Join('|', await ReadAsync(reader)));
        Assert.Equal(rest, reader.Rest is { } line ? Encoding.UTF8.GetString(line.Bytes.Span) : null);
        Assert.False(reader.IsMissing);
        Assert.Equal(["endpoint", "file 1"], storage.Requests);
    }

    [Fact]
    public async Task A_large_file_is_read_in_one_request()
    {
        using var storage = new FakeStorage { Text = Numbers };
        using var reader = Create(storage);

        var lines = await ReadAsync(reader);

        Assert.Equal(20_000, lines.Count);
        Assert.Equal("20000 208883 line 20000", lines[^1]);
        Assert.Single(storage.Downloads);
    }

    [Fact]
    public async Task A_part_that_ends_early_is_continued()
    {
        using var storage = new FakeStorage { Text = Numbers };
        storage.Breaks.Enqueue(1000);
        storage.Alter = response =>
        {
            if (response.Content.Headers.ContentRange is { From: < 1000 and { } first })
            {
                response.Content = new ByteArrayContent(storage.Content!, (int)first, 5000)
                {
                    Headers =
                    {
                        ContentRange = new ContentRangeHeaderValue(first, first + 4999, storage.Content!.Length),
                    },
                };
            }
        };
        using var reader = Create(storage);

        Assert.Equal(20_000, (await ReadAsync(reader)).Count);
    }

    [Fact]
    public async Task A_missing_file_has_no_lines_until_it_appears()
    {
        using var storage = new FakeStorage();
        using var reader = Create(storage);

        Assert.Empty(await ReadAsync(reader));
        Assert.True(reader.IsMissing);
        storage.Text = "a\n";
        Assert.Equal(["1 0 a"], await ReadAsync(reader));
        Assert.False(reader.IsMissing);
    }

    [Fact]
    public async Task After_the_end_only_the_lines_that_were_added_are_read()
    {
        using var storage = new FakeStorage { Text = "aaa\nbb" };
        using var reader = Create(storage);

        Assert.Equal(["1 0 aaa"], await ReadAsync(reader));
        Assert.Empty(await ReadAsync(reader));
        storage.Text = "aaa\nbbb\nccc\n";
        Assert.Equal(["2 4 bbb", "3 8 ccc"], await ReadAsync(reader));
        storage.Text += "d\n";
        Assert.Equal(["4 12 d"], await ReadAsync(reader));
        // Each request begins before the end of the last complete line, so that its bytes can be compared.
        Assert.Equal(["file 1", "file 1 bytes=0-", "file 1 bytes=0-", "file 1 bytes=0-"], storage.Downloads);
    }

    [Fact]
    public async Task A_request_for_more_has_at_most_256_known_bytes()
    {
        using var storage = new FakeStorage { Text = Numbers };
        using var reader = Create(storage);
        await ReadAsync(reader);
        storage.Text += "more\n";

        Assert.Equal(["20001 208894 more"], await ReadAsync(reader));
        Assert.Equal($"file 1 bytes={208_894 - 256}-", storage.Downloads.Last());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_connection_loses_and_repeats_no_line(bool servesRanges)
    {
        using var storage = new FakeStorage { Text = Numbers, ServesRanges = servesRanges };
        var length = storage.Content!.Length;
        foreach (var share in new[] { 0.3, 0.001, 0.5, 0, 0.7 })
        {
            storage.Breaks.Enqueue((int)(share * (servesRanges ? length / 3 : length)));
        }
        using var reader = Create(storage);

        var lines = await ReadAsync(reader);

        Assert.Equal(Enumerable.Range(1, 20_000).Select(number => $"line {number}"), lines.Select(Content));
        Assert.Equal(
            Enumerable.Range(1, 20_000).Select(number => $"{number}"),
            lines.Select(line => line.Split(' ')[0])
        );
        Assert.Equal(6, storage.Downloads.Count());
    }

    [Theory]
    [MemberData(nameof(EveryLength))]
    public async Task A_connection_that_breaks_after_any_byte_loses_and_repeats_no_line(int bytes)
    {
        using var storage = new FakeStorage { Text = "first\nsecond\r\n\nthird\nfourth" };
        storage.Breaks.Enqueue(bytes);
        using var reader = Create(storage);

        Assert.Equal(["first", "second\r", "", "third"], (await ReadAsync(reader)).Select(Content));
        Assert.Equal("fourth", Encoding.UTF8.GetString(reader.Rest!.Value.Bytes.Span));
    }

    public static TheoryData<int> EveryLength => [.. Enumerable.Range(0, 27)];

    [Fact]
    public async Task A_connection_that_breaks_within_the_known_bytes_still_compares_them()
    {
        using var storage = new FakeStorage { Text = "aaa\nbbb\n" };
        using var reader = Create(storage);
        await ReadAsync(reader);
        storage.Breaks.Enqueue(3);
        storage.Text = "aaa\nbbx\nccc\n";

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(reader));

        Assert.Contains("was replaced while it was read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_again_and_again_is_an_error()
    {
        using var storage = new FakeStorage { Text = "a\nb\n" };
        foreach (var _ in Enumerable.Range(0, 4))
        {
            storage.Breaks.Enqueue(0);
        }
        using var reader = Create(storage);

        var failure = await Assert.ThrowsAsync<FwConnectionException>(() => ReadAsync(reader));

        Assert.Equal(3, storage.Downloads.Count());
        Assert.DoesNotContain(FakeStorage.Signature, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, storage.Clock.Delays.Count);
    }

    [Fact]
    public async Task Bytes_that_arrive_again_are_no_progress()
    {
        using var storage = new FakeStorage { Text = "a\nb\n", ServesRanges = false };
        foreach (var _ in Enumerable.Range(0, 9))
        {
            storage.Breaks.Enqueue(3);
        }
        using var reader = Create(storage);

        await Assert.ThrowsAsync<FwConnectionException>(() => ReadAsync(reader));

        Assert.Equal(3, storage.Downloads.Count());
    }

    [Fact]
    public async Task An_address_that_expires_during_a_broken_download_is_renewed()
    {
        using var storage = new FakeStorage { Text = "a\nb\n" };
        storage.Breaks.Enqueue(2);
        storage.Before = request => storage.FirstValidAddress = request == "file 1 bytes=0-" ? 2 : 0;
        using var reader = Create(storage);

        Assert.Equal(["a", "b"], (await ReadAsync(reader)).Select(Content));
        Assert.Equal(["endpoint", "file 1", "file 1 bytes=0-", "endpoint", "file 2 bytes=0-"], storage.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("aaa\n")]
    [InlineData("aaa\nxxx\nccc\n")]
    public async Task A_file_that_was_replaced_is_an_error(string replacement)
    {
        using var storage = new FakeStorage { Text = "aaa\nbbb\n" };
        using var reader = Create(storage);
        await ReadAsync(reader);
        storage.Text = replacement;

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(reader));

        Assert.Contains("metrics file of nightly-1 was replaced", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aaa\n", "1 0 aaa")]
    [InlineData("aaa\nxxx\nccc\n", "1 0 aaa|2 4 xxx|3 8 ccc")]
    public async Task A_file_that_was_replaced_is_read_again_with_a_warning_when_it_is_followed(
        string replacement,
        string lines
    )
    {
        using var storage = new FakeStorage { Text = "aaa\nbbb\n" };
        var warnings = new List<string>();
        using var reader = Create(storage, warn: warnings.Add);
        await ReadAsync(reader);
        storage.Text = replacement;

        Assert.Equal(lines, string.Join('|', await ReadAsync(reader)));
        Assert.Contains("was replaced", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_deleted_while_it_is_read_is_an_error()
    {
        using var storage = new FakeStorage { Text = "aaa\nbbb\n" };
        storage.Breaks.Enqueue(5);
        storage.Before = request =>
        {
            if (request.Contains("bytes", StringComparison.Ordinal))
            {
                storage.Content = null;
            }
        };
        using var reader = Create(storage);

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(reader));

        Assert.Contains("was deleted while it was read", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_line_that_is_too_long_is_an_error_that_names_its_number(int after)
    {
        using var storage = new FakeStorage
        {
            Text = "a\n" + new string('x', LineReader.MaxLength + after + 1) + "\nb\n",
        };
        using var reader = Create(storage);

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(reader));

        Assert.Contains("a line of more than 1 MiB (line 2)", failure.Message, StringComparison.Ordinal);
    }

#if NET
    [Fact]
    public async Task An_endless_line_takes_little_memory()
    {
        using var storage = new FakeStorage { Content = new byte[64 * LineReader.MaxLength] };
        using var reader = Create(storage);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await Assert.ThrowsAsync<FwResponseException>(() => ReadAsync(reader));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * LineReader.MaxLength);
    }
#endif

    [Fact]
    public async Task The_longest_line_is_read()
    {
        using var storage = new FakeStorage { Text = new string('x', LineReader.MaxLength) + "\nb\n" };
        using var reader = Create(storage);

        Assert.Equal([LineReader.MaxLength, 1], (await ReadAsync(reader)).Select(line => Content(line).Length));
    }

    [Fact]
    public async Task A_line_that_is_too_long_can_be_divided_between_characters()
    {
        // Two bytes each, at odd positions.
        var text = "x" + new string('é', LineReader.MaxLength);
        using var storage = new FakeStorage { Text = $"a\n{text}\nb\n" };
        using var reader = Create(storage, divides: true);

        var lines = (await ReadAsync(reader)).Select(Content).ToList();

        Assert.Equal(5, lines.Count);
        Assert.Equal(text, string.Concat(lines.Skip(1).Take(3)));
        Assert.Equal("b", lines[4]);
        Assert.Equal(LineReader.MaxLength - 1, Encoding.UTF8.GetByteCount(lines[1]));
    }

    [Theory]
    [InlineData(4, "")]
    [InlineData(5, " 7 ccc")]
    [InlineData(8, " 7 ccc")]
    [InlineData(9, " 3 bbb| 7 ccc")]
    [InlineData(11, "1 0 aa|2 3 bbb|3 7 ccc")]
    [InlineData(500, "1 0 aa|2 3 bbb|3 7 ccc")]
    public async Task The_last_part_begins_with_a_complete_line(long bytes, string lines)
    {
        using var storage = new FakeStorage { Text = "aa\nbbb\nccc\n" };
        using var reader = Create(storage);
        reader.MoveToLast(bytes);

        Assert.Equal(lines, string.Join('|', await ReadAsync(reader)));
        Assert.Equal(lines.StartsWith('1'), reader.IsFromBeginning);
        storage.Text += "d\n";
        Assert.EndsWith(" 11 d", Assert.Single(await ReadAsync(reader)), StringComparison.Ordinal);
        Assert.Equal([$"file 1 bytes=-{bytes}", $"file 1 bytes={Math.Max(0, 11 - bytes)}-"], storage.Downloads);
    }

    [Fact]
    public async Task The_last_part_of_an_empty_file_has_no_lines()
    {
        using var storage = new FakeStorage { Text = "" };
        using var reader = Create(storage);
        reader.MoveToLast(100);

        Assert.Empty(await ReadAsync(reader));
        Assert.True(reader.IsFromBeginning);
        storage.Text = "a\n";
        Assert.Equal(["1 0 a"], await ReadAsync(reader));
    }

    [Fact]
    public async Task A_cancellation_ends_the_reading()
    {
        using var storage = new FakeStorage { Text = Numbers };
        using var stop = new CancellationTokenSource();
        using var reader = new LineReader(storage.Client, storage.Metrics(), dividesLongLines: false, stop.Token);
        await reader.ReadAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(reader));
    }

    private static LineReader Create(FakeStorage storage, bool divides = false, Action<string>? warn = null) =>
        new(storage.Client, storage.Metrics(), divides, TestContext.Current.CancellationToken)
        {
            WarnOfReplacement = warn,
        };

    // Number, position and content.
    private static async Task<List<string>> ReadAsync(LineReader reader)
    {
        var result = new List<string>();
        while (await reader.ReadAsync() is { } lines)
        {
            Assert.NotEmpty(lines);
            result.AddRange(
                lines.Select(line =>
                    FormattableString.Invariant(
                        $"{line.Number} {line.Position} {Encoding.UTF8.GetString(line.Bytes.ToArray())}"
                    )
                )
            );
        }
        return result;
    }

    private static string Content(string line) => line.Split(' ', 3)[2];
}
