using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Repeated strings share one instance, and every string is read correctly.</summary>
public sealed class Utf8StringPoolTests
{
    private static readonly JsonSerializerOptions AsIs = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Any_strings_are_read_as_they_were_sent() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyString[]>(),
                texts =>
                {
                    // Three times: the pool stores a string at its second occurrence and returns it at the third.
                    var sent = texts.Select(text => Readable(text.Get)).ToList();
                    return Read([.. sent, .. sent, .. sent])
                        .Select(job => job.Dataset)
                        .SequenceEqual([.. sent, .. sent, .. sent]);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("accounts/fireworks/models/llama")]
    [InlineData("d")]
    public void Repeated_strings_share_one_instance(string text)
    {
        var jobs = Read([text, text, text, text]);

        Assert.Same(jobs[2].Dataset, jobs[3].Dataset);
    }

    [Theory]
    [InlineData("ü", "ü", "Ã¼")]
    [InlineData("a", "A", "a\0")]
    [InlineData("\\", "\\\\", "\"")]
    public void Similar_strings_are_distinguished(params string[] texts)
    {
        string[] sent = [.. texts, .. texts, .. texts];

        Assert.Equal(sent, Read(sent).Select(job => job.Dataset));
    }

    private static DpoJob[] Read(string[] texts) =>
        [
            .. texts.Select(text =>
                JsonSerializer.Deserialize(
                    $$"""{"dataset":{{JsonSerializer.Serialize(text, AsIs)}}}""",
                    FireworksJsonContext.Default.DpoJob
                )!
            ),
        ];

    // Lone surrogates cannot be sent.
    private static string Readable(string text) =>
        new([.. text.Where(character => !char.IsSurrogate(character)).DefaultIfEmpty('x')]);
}
