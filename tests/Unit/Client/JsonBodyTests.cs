using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Bodies of any size are read unchanged, and their total size is bounded. They run alone, because all tests share it.</summary>
[Collection(nameof(JsonBodyTests))]
[CollectionDefinition(nameof(JsonBodyTests), DisableParallelization = true)]
public sealed class JsonBodyTests
{
    private static readonly Attempt Attempt = new(
        "GET x",
        0,
        TimeSpan.Zero,
        new ApiKey(ClientUnderTest.Key, "the test"),
        ApiOperation.ListJobs
    );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(1_048_576)]
    [InlineData(5_000_000)]
    public async Task Reads_a_body_of_any_size_whatever_length_it_states(int size)
    {
        var bytes = Enumerable.Range(0, size).Select(i => (byte)(i % 251)).ToArray();

        foreach (var length in new long?[] { null, size, 0, size + 1, size / 2, 500_000, long.MaxValue, -1 })
        {
            using var body = await ReadAsync(bytes, length);

            Assert.True(bytes.AsSpan().SequenceEqual(body.Bytes.Span));
        }
    }

    [Fact]
    public async Task Many_large_bodies_at_once_are_an_error_and_disposed_ones_do_not_count()
    {
        var large = new byte[9_000_000];
        for (var round = 0; round < 2; round++)
        {
            var bodies = new List<JsonBody>();
            try
            {
                var failure = await Assert.ThrowsAsync<AttemptException>(async () =>
                {
                    while (true)
                    {
                        bodies.Add(await ReadAsync(large));
                    }
                });

                Assert.Contains("-PageSize", failure.Message, StringComparison.Ordinal);
                using var small = await ReadAsync(new byte[1_000_000]);
                Assert.Equal(1_000_000, small.Bytes.Length);
                Assert.InRange(bodies.Count, 1, 10);
            }
            finally
            {
                bodies.ForEach(body => body.Dispose());
            }
        }
    }

    private static Task<JsonBody> ReadAsync(byte[] bytes, long? length = null) =>
        JsonBody.ReadAsync(
            new ResponseStream(new MemoryStream(bytes), RequestSender.MaxResponseSize, Attempt),
            length,
            Attempt,
            TestContext.Current.CancellationToken
        );
}
