using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Text that repeats is one string, and every text is the one that was sent.</summary>
public sealed class Utf8StringPoolTests
{
    private static readonly JsonSerializerOptions AsIs = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Any_texts_come_as_they_were_sent() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyString[]>(),
                texts =>
                {
                    // Three times: the first and the second are read, the third comes from the table.
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
    public void A_text_that_repeats_is_one_string(string text)
    {
        var jobs = Read([text, text, text, text]);

        Assert.Same(jobs[2].Dataset, jobs[3].Dataset);
    }

    [Theory]
    [InlineData("ü", "ü", "Ã¼")]
    [InlineData("a", "A", "a\0")]
    [InlineData("\\", "\\\\", "\"")]
    public void Texts_that_look_alike_are_told_apart(params string[] texts)
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

    // Half of a surrogate pair is no text, and is not sent as one.
    private static string Readable(string text) =>
        new([.. text.Where(character => !char.IsSurrogate(character)).DefaultIfEmpty('x')]);
}
