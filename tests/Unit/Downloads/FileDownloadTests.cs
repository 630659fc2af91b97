using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Downloads;

/// <summary>Copies of a file, which are complete and of one version.</summary>
public sealed class FileDownloadTests
{
    private static readonly byte[] Old = CreateContent(1, 300_000);
    private static readonly byte[] New = CreateContent(2, 300_000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task A_copy_has_the_same_bytes(int length)
    {
        using var storage = new FakeStorage { Content = [.. Old.Take(length)] };
        var download = Create(storage);

        Assert.Equal(Old.Take(length), await CopyAsync(download));
        Assert.Equal((length, length), (download.BytesCopied, download.Total));
    }

    [Fact]
    public async Task A_missing_file_is_not_copied()
    {
        using var storage = new FakeStorage();
        using var target = new MemoryStream();

        Assert.False(await Create(storage).CopyToAsync(target));
    }

    [Theory]
    [InlineData("\"1\"", true)]
    [InlineData("W/\"1\"", true)]
    [InlineData(null, true)]
    [InlineData("\"1\"", false)]
    [InlineData(null, false)]
    public async Task A_broken_connection_is_continued(string? tag, bool servesRanges)
    {
        using var storage = new FakeStorage
        {
            Content = Old,
            Tag = tag,
            ServesRanges = servesRanges,
        };
        storage.Breaks.Enqueue(100_000);
        storage.Breaks.Enqueue(servesRanges ? 50_000 : 150_000);

        Assert.Equal(Old, await CopyAsync(Create(storage)));
        Assert.Equal(["file 1", "file 1 bytes=100000-", "file 1 bytes=150000-"], storage.Downloads);
    }

    [Theory]
    [InlineData("\"1\"", "\"2\"", 300_000)]
    [InlineData("\"1\"", null, 300_000)]
    [InlineData("W/\"1\"", "W/\"2\"", 300_000)]
    [InlineData(null, "\"2\"", 300_000)]
    [InlineData(null, null, 299_999)]
    [InlineData(null, null, 300_001)]
    [InlineData(null, null, 50_000)]
    [InlineData("\"1\"", "\"1\"", 100_000)]
    public async Task A_file_that_changed_is_copied_from_its_beginning(string? oldTag, string? newTag, int newLength)
    {
        using var storage = new FakeStorage { Content = Old, Tag = oldTag };
        storage.Breaks.Enqueue(100_000);
        var changed = CreateContent(2, newLength);
        storage.Before = request =>
        {
            if (request.Contains("bytes", StringComparison.Ordinal))
            {
                (storage.Content, storage.Tag) = (changed, newTag);
            }
        };

        Assert.Equal(changed, await CopyAsync(Create(storage)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_file_that_changes_after_each_broken_connection_is_an_error_with_their_number(int retries)
    {
        using var storage = new FakeStorage(retries) { Content = Old, Tag = "\"0\"" };
        foreach (var _ in Enumerable.Range(0, 10))
        {
            storage.Breaks.Enqueue(1000);
        }
        var version = 0;
        storage.Before = _ => storage.Tag = $"\"{++version}\"";

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => CopyAsync(Create(storage)));

        Assert.StartsWith(
            $"After {retries + 1} broken connections, the metrics file of nightly-1 may have been changed, so",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(retries + 2, storage.Downloads.Count());
    }

    [Fact]
    public async Task Without_retries_a_broken_connection_is_reported_as_one()
    {
        using var storage = new FakeStorage(maximumRetryCount: 0) { Content = Old, Tag = "\"0\"" };
        storage.Breaks.Enqueue(1000);
        storage.Before = _ => storage.Tag = "\"1\"";

        await Assert.ThrowsAsync<FwConnectionException>(() => CopyAsync(Create(storage)));
        Assert.Single(storage.Downloads);
    }

    [Fact]
    public async Task A_shorter_file_that_replaces_another_one_counts_once()
    {
        using var storage = new FakeStorage(maximumRetryCount: 1) { Content = Old, Tag = "\"1\"" };
        storage.Breaks.Enqueue(100_000);
        var changed = CreateContent(2, 50_000);
        storage.Before = request =>
            storage.Content = request.Contains("bytes", StringComparison.Ordinal) ? changed : storage.Content;

        Assert.Equal(changed, await CopyAsync(Create(storage)));
    }

    [Fact]
    public async Task Progress_renews_the_number_of_retries()
    {
        using var storage = new FakeStorage { Content = Old };
        foreach (var _ in Enumerable.Range(0, 20))
        {
            storage.Breaks.Enqueue(10_000);
        }

        Assert.Equal(Old, await CopyAsync(Create(storage)));
        Assert.Equal(21, storage.Downloads.Count());
    }

    [Fact]
    public async Task A_server_that_sends_the_same_part_each_time_is_an_error()
    {
        using var storage = new FakeStorage { Content = Old, ServesRanges = false };
        foreach (var _ in Enumerable.Range(0, 9))
        {
            storage.Breaks.Enqueue(1000);
        }

        await Assert.ThrowsAsync<FwConnectionException>(() => CopyAsync(Create(storage)));
        Assert.Equal(3, storage.Downloads.Count());
    }

    [Fact]
    public async Task Without_progress_the_failure_is_final()
    {
        using var storage = new FakeStorage { Content = Old };
        storage.Breaks.Enqueue(10_000);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            storage.Breaks.Enqueue(0);
        }

        await Assert.ThrowsAsync<FwConnectionException>(() => CopyAsync(Create(storage)));
        Assert.Equal(3, storage.Downloads.Count());
    }

    [Fact]
    public async Task An_address_that_expired_is_renewed_and_the_rest_requested()
    {
        using var storage = new FakeStorage { Content = Old, Tag = "\"1\"" };
        storage.Breaks.Enqueue(100_000);
        storage.Before = request =>
            storage.FirstValidAddress = request.StartsWith("file 1 bytes", StringComparison.Ordinal) ? 2 : 0;

        Assert.Equal(Old, await CopyAsync(Create(storage)));
        Assert.Equal(["file 1", "file 1 bytes=100000-", "file 2 bytes=100000-"], storage.Downloads);
    }

    [Fact]
    public async Task A_file_that_is_deleted_meanwhile_is_an_error()
    {
        using var storage = new FakeStorage { Content = Old };
        storage.Breaks.Enqueue(1000);
        storage.Before = request =>
            storage.Content = request.Contains("bytes", StringComparison.Ordinal) ? null : storage.Content;

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => CopyAsync(Create(storage)));

        Assert.Equal("The metrics file of nightly-1 was deleted while it was read.", failure.Message);
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.Accepted)]
    public async Task A_response_without_the_file_is_an_error(HttpStatusCode status)
    {
        using var storage = new FakeStorage { Content = [], Alter = response => response.StatusCode = status };

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => CopyAsync(Create(storage)));

        Assert.Contains($"returned {(int)status} instead of a file", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "bytes")]
    [InlineData(null, "items")]
    [InlineData(100_000, "bytes")]
    public async Task A_part_without_its_position_is_an_error(int? breaksAfter, string unit)
    {
        using var storage = new FakeStorage { Content = Old };
        storage.Breaks.Enqueue(breaksAfter);
        storage.Alter = response =>
        {
            if (breaksAfter is null || response.Content.Headers.ContentRange is not null)
            {
                response.StatusCode = HttpStatusCode.PartialContent;
                response.Content.Headers.ContentRange =
                    unit == "bytes" ? null : new ContentRangeHeaderValue(0, 299_999, 300_000) { Unit = unit };
            }
        };

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => CopyAsync(Create(storage)));

        Assert.Contains("a part of a file without its position", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_is_longer_than_its_range_is_an_error()
    {
        using var storage = new FakeStorage { Content = Old };
        storage.Breaks.Enqueue(100_000);
        storage.Alter = response =>
        {
            if (response.Content.Headers.ContentRange is not null)
            {
                response.Content = new ByteArrayContent(new byte[200_001])
                {
                    Headers = { ContentRange = new ContentRangeHeaderValue(100_000, 299_999, 300_000) },
                };
            }
        };

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => CopyAsync(Create(storage)));

        Assert.Contains("longer than its Content-Range header states", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100_000)]
    public async Task Another_part_than_the_one_requested_is_an_error(int? breaksAfter)
    {
        using var storage = new FakeStorage { Content = Old };
        storage.Breaks.Enqueue(breaksAfter);
        storage.Alter = response =>
        {
            if (breaksAfter is null || response.Content.Headers.ContentRange is not null)
            {
                response.StatusCode = HttpStatusCode.PartialContent;
                response.Content.Headers.ContentRange = new ContentRangeHeaderValue(500, 299_999, 300_000);
            }
        };

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => CopyAsync(Create(storage)));

        Assert.Contains(
            "another part of the metrics file of nightly-1 than requested",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_part_that_ends_early_is_continued()
    {
        using var storage = new FakeStorage { Content = Old };
        storage.Breaks.Enqueue(100_000);
        storage.Alter = response =>
        {
            if (response.Content.Headers.ContentRange is { From: 100_000 })
            {
                response.Content = new ByteArrayContent(Old, 100_000, 50_000)
                {
                    Headers = { ContentRange = new ContentRangeHeaderValue(100_000, 149_999, 300_000) },
                };
            }
        };

        Assert.Equal(Old, await CopyAsync(Create(storage)));
        Assert.Equal(["file 1", "file 1 bytes=100000-", "file 1 bytes=150000-"], storage.Downloads);
    }

    [Fact]
    public async Task A_file_whose_end_is_uncertain_is_an_error()
    {
        using var storage = new FakeStorage
        {
            Content = Old,
            Alter = response => response.Content = new StreamContent(new UnknownLength(Old)),
        };

        var failure = await Assert.ThrowsAsync<FwResponseException>(() => CopyAsync(Create(storage)));

        Assert.Contains("did not send the size", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_of_these_tests_differ() => Assert.NotEqual(Old, New);

    private static FileDownload Create(FakeStorage storage) =>
        new(storage.Client, storage.Metrics(), TestContext.Current.CancellationToken);

    private static async Task<byte[]> CopyAsync(FileDownload download)
    {
        using var target = new MemoryStream();
        Assert.True(await download.CopyToAsync(target));
        return target.ToArray();
    }

    /// <summary>A body whose length the headers do not have.</summary>
    private sealed class UnknownLength(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }

    // ASCII, because the body of a broken connection is made of text.
    private static byte[] CreateContent(int seed, int length)
    {
        var content = new byte[length];
        for (var i = 0; i < length; i++)
        {
            content[i] = (byte)('0' + ((i * seed / 7) % 64));
        }
        return content;
    }
}
