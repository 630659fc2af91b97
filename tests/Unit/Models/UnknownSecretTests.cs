using Fireworks.DpoJobs.Formatting;
using Fireworks.DpoJobs.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>A secret that the service adds tomorrow is not printed before somebody knows it.</summary>
public sealed class UnknownSecretTests
{
    [Theory]
    [InlineData("""{"accessKey":"canary"}""", "accessKey")]
    [InlineData("""{"downloadSignedUrl":"canary"}""", "downloadSignedUrl")]
    [InlineData("""{"sessionToken":"canary"}""", "sessionToken")]
    [InlineData("""{"logs":"https://x.example/log?X-Goog-Signature=canary"}""", "logs")]
    public void What_looks_like_a_secret_is_wrapped(string json, string field)
    {
        var job = Parse.Job(json);

        Assert.Equal("(secret)", Assert.IsType<SecretText>(job.AdditionalData[field]).ToString());
        Assert.DoesNotContain("canary", Outline.OfAdditionalData(job)!, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"comment":"text"}""", "comment", "text")]
    [InlineData("""{"page":"https://x.example/run?tab=2"}""", "page", "https://x.example/run?tab=2")]
    [InlineData("""{"apiKey":""}""", "apiKey", "")]
    public void Other_text_is_left_as_it_is(string json, string field, string text)
    {
        Assert.Equal(text, Parse.Job(json).AdditionalData[field]);
    }
}
