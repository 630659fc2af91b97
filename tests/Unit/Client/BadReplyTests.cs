using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Answers with status 200 that are none of this API: one error that names the request and the cause.</summary>
public sealed class BadReplyTests
{
    private const string NamesTheRequest = "Request: GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs.";

    [Theory]
    [InlineData("", "The response is empty.")]
    [InlineData("   ", "Invalid JSON in the response")]
    [InlineData("null", "returned null")]
    [InlineData("[]", "Invalid JSON in the response at $,")]
    [InlineData("7", "Invalid JSON in the response at $,")]
    [InlineData("\"text\"", "Invalid JSON in the response at $,")]
    [InlineData("{", "Invalid JSON in the response")]
    [InlineData("""{"dpoJobs":[{"name":"a"},{"na""", "Invalid JSON in the response at $.dpoJobs[1]")]
    [InlineData("""{"dpoJobs":{}}""", "Invalid JSON in the response at $.dpoJobs, line 1, byte 13")]
    [InlineData("""{"dpoJobs":[7]}""", "Invalid JSON in the response at $.dpoJobs[0],")]
    [InlineData("""{"dpoJobs":[{"createTime":"now"}]}""", "Invalid JSON in the response at $.dpoJobs[0].createTime,")]
    [InlineData("""{"dpoJobs":[{"createTime":7}]}""", "Invalid JSON in the response at $.dpoJobs[0].createTime,")]
    [InlineData("""{"dpoJobs":[{"name":[]}]}""", "Invalid JSON in the response at $.dpoJobs[0].name,")]
    [InlineData("""{"dpoJobs":[{"name":"\ud800"}]}""", "Invalid JSON in the response")]
    [InlineData(
        """{"dpoJobs":[{"wandbConfig":{"apiKey":7}}]}""",
        "Invalid JSON in the response at $.dpoJobs[0].wandbConfig.apiKey,"
    )]
    [InlineData("""{"totalSize":"many"}""", "Invalid JSON in the response at $.totalSize,")]
    [InlineData("""{"dpoJobs":[]} trailing""", "Invalid JSON in the response")]
    [InlineData("<html><body>Sign in</body></html>", "Invalid JSON in the response at $,")]
    public async Task Text_that_is_not_a_page_is_one_error(string body, string cause)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(NamesTheRequest, exception.Message, StringComparison.Ordinal);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Text_that_is_not_a_job_is_one_error()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("[]");

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.GetAsync());

        Assert.Contains(
            "GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs/nightly-1",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("text/plain")]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("application/octet-stream")]
    public async Task Another_content_type_is_named_and_its_body_not_read(string contentType)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, """{"dpoJobs":[]}""", contentType);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains(
            $"returned 200 with {contentType.Split(';')[0]} instead of JSON",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(NamesTheRequest, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/jsonx")]
    public async Task A_content_type_that_nobody_expects_is_not_repeated(string contentType)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, """{"dpoJobs":[]}""", contentType);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.StartsWith(
            "The service returned 200 with another content type instead of JSON.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/problem+json")]
    [InlineData("text/json")]
    [InlineData(null)]
    public async Task Json_under_any_of_its_names_or_none_is_read(string? contentType)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, """{"totalSize":3}""", contentType);

        Assert.Equal(3, (await test.ListAsync()).TotalSize);
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_matter()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, "\ufeff{\"totalSize\":3}");

        Assert.Equal(3, (await test.ListAsync()).TotalSize);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_one_error()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(
            HttpStatusCode.OK,
            new MemoryStream([.. "{\"dpoJobs\":[{\"name\":\""u8, 0xff, 0xfe, .. "\"}]}"u8])
        );

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("Invalid JSON in the response", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(NamesTheRequest, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"novelty":""")]
    [InlineData("""[{"dpoJobs":""")]
    public async Task Deep_nesting_is_one_error(string level)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(string.Concat(Enumerable.Repeat(level, 10_000)));

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("Invalid JSON in the response", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 50, 1500);
    }

    [Fact]
    public async Task An_answer_of_50_MB_is_given_up_at_32_MiB()
    {
        const long Limit = 32L * 1024 * 1024;
        using var test = new ClientUnderTest();
        // One valid page, so that nothing but its size ends the reading.
        using var body = new FakeBody("""{"dpoJobs":[{}""")
        {
            Repeat = Encoding.UTF8.GetBytes($$""",{"displayName":"{{new string('x', 8000)}}"}"""),
            TotalLength = 50_000_000,
        };
        test.Transport.Reply(HttpStatusCode.OK, body);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("larger than 32 MiB", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(NamesTheRequest, exception.Message, StringComparison.Ordinal);
        Assert.InRange(body.BytesGiven, Limit, Limit + (4 * 1024 * 1024));
        Assert.True(body.IsDisposed);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public void An_answer_of_just_the_limit_is_read()
    {
        using var stream = new LimitedStream(new MemoryStream(new byte[8]), 8, new Attempt("GET x", 0, TimeSpan.Zero));

        Assert.Equal(8, stream.Read(new byte[16], 0, 16));
        Assert.Equal(0, stream.Read(new byte[16], 0, 16));
        Assert.Equal(8, stream.BytesRead);
    }

    [Fact]
    public async Task The_place_of_a_fault_shows_no_control_characters()
    {
        Assert.DoesNotContain((await FailInOddlyNamedFieldAsync()).Message, IsUnsafe);
    }

    [Fact]
    public async Task The_inner_exception_of_a_fault_shows_no_control_characters()
    {
        // Get-Error and a script's log print all of it.
        Assert.DoesNotContain((await FailInOddlyNamedFieldAsync()).ToString().ReplaceLineEndings(""), IsUnsafe);
    }

    private static async Task<FwResponseException> FailInOddlyNamedFieldAsync()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[{"\u001b]0;title\u0007\u202e":tru""");
        return await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) || character == '\u202e';
}
