using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>No exception and no log line shows planted secrets or control characters.</summary>
public sealed class SecrecyTests
{
    [Theory]
    [InlineData("Incorrect API key provided: " + ClientUnderTest.Key + ".")]
    [InlineData(ClientUnderTest.Key)]
    [InlineData("key=" + ClientUnderTest.Key + "&x=y")]
    [InlineData("x" + ClientUnderTest.Key + "x")]
    [InlineData("fw_CanaryOfAnotherUser")]
    [InlineData("fpk_CanaryOfAnotherUser")]
    [InlineData("FW_CanaryOfAnotherUser")]
    [InlineData("Authorization: Bearer Canary.Token-123")]
    [InlineData("authorization: bearer   Canary")]
    [InlineData("see https://storage.example/a/b.log?X-Goog-Signature=Canary&X=Canary2 for more")]
    [InlineData("https://storage.example/b?sig=Canary")]
    [InlineData("HTTPS://STORAGE.EXAMPLE/b?sig=Canary")]
    [InlineData("<https://storage.example/b?a=1&sig=Canary>")]
    public async Task Redacts_secrets_in_messages_of_the_service(string secret)
    {
        foreach (var shape in Shapes(secret))
        {
            AssertHarmless(await FailAsync(shape));
        }
    }

    [Fact]
    public async Task Keeps_the_text_around_a_secret()
    {
        var exception = await FailAsync(
            Json("key " + ClientUnderTest.Key + " at https://s.example/p?sig=Canary, Bearer Canary, done")
        );

        Assert.Equal("key (API key) at https://s.example/p?(removed) (removed), done", exception.ServiceMessage);
    }

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m")]
    [InlineData("a\r\nb\tc\u0000d")]
    [InlineData("\u009b31m")]
    [InlineData("\u007f")]
    [InlineData("\u202ereversed")]
    [InlineData("\u2066isolated")]
    [InlineData("line\u2028separator")]
    public async Task Makes_control_characters_in_messages_of_the_service_visible(string text)
    {
        foreach (var shape in Shapes(text))
        {
            var exception = await FailAsync(shape);
            Assert.DoesNotContain(exception.Message, IsUnsafe);
            Assert.DoesNotContain(exception.ServiceMessage ?? "", IsUnsafe);
            Assert.DoesNotContain(exception.Reason ?? "", IsUnsafe);
        }
    }

    [Fact]
    public async Task Redacts_the_reason_phrase()
    {
        using var test = new ClientUnderTest();
        using var response = new HttpResponseMessage(HttpStatusCode.NotFound)
        {
            ReasonPhrase = "Not\u009b31m " + ClientUnderTest.Key,
            Content = new StringContent("{}"),
        };
        test.Transport.Reply(response);

        AssertHarmless(await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync()));
    }

    [Theory]
    [InlineData("Received an invalid status line: 'HTTP/1.1 \u001b[31m fw_CanaryOfAnotherUser'.")]
    [InlineData("proxy said: Authorization: Bearer Canary")]
    public async Task Redacts_messages_of_the_transport(string text)
    {
        // SocketsHttpHandler quotes the part of a response that it could not read.
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Fail(new HttpRequestException(text));
        }

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => test.ListAsync());

        Assert.DoesNotContain(exception.Message, IsUnsafe);
        Assert.DoesNotContain("Canary", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "text/html\u0001")]
    [InlineData(200, "fw_CanaryOfAnotherUser/html")]
    public async Task Redacts_the_content_type(int status, string contentType)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply((HttpStatusCode)status, "<html>", contentType);

        AssertHarmless(await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync()));
    }

    [Fact]
    public async Task Shows_no_secrets_of_an_unreadable_response()
    {
        using var test = new ClientUnderTest();
        // The error follows both secrets, on the same line.
        var job = Samples.FullJob.ReplaceLineEndings("").TrimEnd('}') + ",\"epochs\":tru}";
        test.Transport.Json($$"""{"dpoJobs":[{{job}}]}""");

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_no_secrets_of_a_listing_with_retries()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Json("Bearer Canary " + ClientUnderTest.Key), HttpStatusCode.ServiceUnavailable)
            .Fail(new HttpRequestException("Bearer Canary"))
            .Json($$"""{"dpoJobs":[{{Samples.FullJob}}]}""");

        await test.ListAsync();

        Assert.Equal(3, test.Log.Lines.Count);
        Assert.All(
            test.Log.Lines,
            line =>
            {
                Assert.DoesNotContain("canary", line, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(line, IsUnsafe);
            }
        );
    }

    [Fact]
    public async Task Logs_no_secrets_of_a_single_job()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(Samples.FullJob);

        await test.GetAsync();

        Assert.DoesNotContain("canary", Assert.Single(test.Log.Lines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Shows_control_characters_of_a_filter_escaped()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[]}""").Json("[]");
        var query = new ListDpoJobsRequest("acme") { Filter = "a\u001b[31m\r\nb" };

        await test.ListAsync(query, null);
        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync(query, null));

        Assert.Contains("filter=a%1B%5B31m%0D%0Ab", Assert.Single(test.Log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(Assert.Single(test.Log.Lines), IsUnsafe);
        Assert.DoesNotContain(exception.Message, IsUnsafe);
    }

    [Fact]
    public void Redacts_the_values_of_unknown_query_keys()
    {
        var shown = Redaction.RedactQuery(
            [
                new("pageSize", "5"),
                new("apiKey", "Canary"),
                new("sig", "Canary"),
                new("orderBy", ""),
                new("filter", "a=b"),
            ],
            text => text
        );

        Assert.Equal("?pageSize=5&apiKey=(removed)&sig=(removed)&filter=a%3Db", shown);
    }

    // The parts of an error body that are shown.
    private static IEnumerable<string> Shapes(string text)
    {
        var encoded = System.Text.Json.JsonEncodedText.Encode(text).ToString();
        yield return Json(text);
        yield return $$"""{"error":"{{encoded}}"}""";
        yield return $$"""{"detail":"{{encoded}}"}""";
        yield return $$"""{"error":{"code":400,"message":"{{encoded}}","status":"{{encoded}}"} }""";
        yield return $$"""{"details":[{"reason":"{{encoded}}"}],"request_id":"{{encoded}}"}""";
    }

    private static string Json(string message) =>
        $$"""{"message":"{{System.Text.Json.JsonEncodedText.Encode(message)}}"}""";

    private static async Task<FwApiException> FailAsync(string body)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.BadRequest, body);
        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());
        Assert.Empty(test.Log.Lines);
        return exception;
    }

    private static void AssertHarmless(FwException exception)
    {
        var texts = new List<string?> { exception.Message, exception.ToString(), exception.Request };
        if (exception is FwApiException api)
        {
            texts.AddRange([api.ServiceMessage, api.Reason, api.RequestId]);
        }
        Assert.All(
            texts.OfType<string>(),
            text =>
            {
                Assert.DoesNotContain("Canary", text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(text.ReplaceLineEndings(""), IsUnsafe);
            }
        );
    }

    private static bool IsUnsafe(char character) =>
        char.IsControl(character)
        || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
