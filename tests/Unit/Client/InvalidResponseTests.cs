using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A response with status 200 that is not one of this API is one error, which names the request and the cause.</summary>
public sealed class InvalidResponseTests
{
    private const string ErrorBody = """{"error":{"message":"quota","code":"RESOURCE_EXHAUSTED"}}""";
    private const string ShownRequest = "Request: GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs.";

    [Theory]
    [InlineData("", "The response is empty.")]
    [InlineData("   ", "Invalid JSON in the response")]
    [InlineData("[]", "Invalid JSON in the response at $,")]
    [InlineData("7", "Invalid JSON in the response at $,")]
    [InlineData("\"text\"", "Invalid JSON in the response at $,")]
    [InlineData("{", "Invalid JSON in the response")]
    [InlineData("""{"dpoJobs":[{"name":"a"},{"na""", "Invalid JSON in the response at $.dpoJobs[1]")]
    [InlineData("""{"dpoJobs":{}}""", "Invalid JSON in the response at $.dpoJobs: the value does not fit")]
    [InlineData("""{"dpoJobs":7,"totalSize":1}""", "Invalid JSON in the response at $.dpoJobs:")]
    [InlineData("""{"dpoJobs":[],"nextPageToken":{}}""", "Invalid JSON in the response at $.nextPageToken:")]
    [InlineData("""{"dpoJobs":[{"createTime":{}},{"name":tru""", "Invalid JSON in the response, line 1, byte 4")]
    [InlineData("""{"dpoJobs":[]} trailing""", "Invalid JSON in the response")]
    [InlineData("<html><body>Sign in</body></html>", "Invalid JSON in the response at $,")]
    public async Task Reports_text_that_is_not_a_page_with_its_position(string body, string cause)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(ShownRequest, exception.Message, StringComparison.Ordinal);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Warns_once_of_values_that_do_not_fit_and_names_the_first_field_and_its_job()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[{"name":"accounts/acme/dpoJobs/ok"}]}""");
        test.Transport.Json(
            $$$"""{"dpoJobs":[{"name":"accounts/acme/dpoJobs/x{{{ClientUnderTest.Key}}}","wandbConfig":{"enabled":"canary"}},{"status":7}]}"""
        );
        test.Transport.Json("""{"dpoJobs":[{"createTime":{}}]}""");
        test.Transport.Json("""{"name":7,"createTime":{}}""");

        await test.ListAsync();
        Assert.Empty(test.Log.Warnings);
        await test.ListAsync();
        await test.ListAsync();
        await test.GetAsync();

        var warning = Assert.Single(test.Log.Warnings);
        Assert.StartsWith(
            "The service sent a value that does not fit its field: wandbConfig.enabled of accounts/acme/dpoJobs/x(API key).",
            warning,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("canary", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_a_list_of_accounts_that_is_none()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"accounts":{"name":"accounts/acme"}}""");

        var exception = await Assert.ThrowsAsync<FwResponseException>(() =>
            test.Client.FindAccountIdAsync(TestContext.Current.CancellationToken)
        );

        Assert.Contains("at $.accounts:", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{},", """{"dpoJobs":[""")]
    [InlineData("""{},""", """{"dpoJobs":[{"status":{"details":[""")]
    [InlineData("""0,""", """{"dpoJobs":[{"trainingConfig":{"loraTargetModules":[""")]
    [InlineData("""{"a":1},""", """{"dpoJobs":[],"novelty":[""")]
    public async Task A_response_of_countless_small_values_is_an_error_that_suggests_a_page_size(
        string value,
        string start
    )
    {
        using var test = new ClientUnderTest();
        using var body = new FakeBody(start)
        {
            Repeat = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(value, 1000))),
            TotalLength = 31L * 1024 * 1024,
        };
        test.Transport.Reply(HttpStatusCode.OK, body);
#if NET
        var before = GC.GetTotalAllocatedBytes();
#endif

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("more than 100,000 JSON values", exception.Message, StringComparison.Ordinal);
        AssertSuggestsPageSize(exception);
#if NET
        // Other tests run at the same time. The values would take more than 2 GB.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 800L * 1024 * 1024);
#endif
    }

#if NET
    [Fact]
    public void The_largest_number_of_values_takes_little_memory()
    {
        var objects = string.Join(",", Enumerable.Repeat("{}", 99_000));
        var fields = string.Join(",", Enumerable.Range(0, 99_000).Select(number => $"\"{number}\":[]"));
        string[] pages =
        [
            "{\"dpoJobs\":[" + objects + "]}",
            "{\"dpoJobs\":[{" + fields + "}]}",
            "{\"dpoJobs\":[{\"status\":{\"details\":[" + objects + "]}},7]}",
        ];
        foreach (var page in pages)
        {
            var json = Encoding.UTF8.GetBytes(page);
            Assert.False(ApiJson.IsTooLarge(json));
            var before = GC.GetAllocatedBytesForCurrentThread();

            ApiJson.Read<DpoJobPage>(json, new JsonMismatches());

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * 1024 * 1024);
        }
    }
#endif

    [Fact]
    public async Task Measures_the_memory_of_a_page()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json($$"""{"dpoJobs":[{"displayName":"{{new string('x', 500_000)}}"}]}""");

        Assert.InRange((await test.ListAsync()).MemorySize, 1_000_000, 10_000_000);
    }

    [Fact]
    public async Task Reports_text_that_is_not_a_job()
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
    public async Task Names_a_content_type_that_is_not_json(string contentType)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, """{"dpoJobs":[]}""", contentType);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains(
            $"returned 200 with {contentType.Split(';')[0]} instead of JSON",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(ShownRequest, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/jsonx")]
    public async Task Does_not_show_an_unknown_content_type(string contentType)
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
    public async Task Accepts_every_json_content_type_and_none_at_all(string? contentType)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, """{"totalSize":3}""", contentType);

        Assert.Equal(3, (await test.ListAsync()).TotalSize);
    }

    [Fact]
    public async Task Accepts_a_byte_order_mark()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, "\ufeff{\"totalSize\":3}");

        Assert.Equal(3, (await test.ListAsync()).TotalSize);
    }

    [Fact]
    public async Task Reports_bytes_that_are_not_utf8()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(
            HttpStatusCode.OK,
            new MemoryStream([.. "{\"dpoJobs\":[{\"name\":\""u8, 0xff, 0xfe, .. "\"}]}"u8])
        );

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("Invalid JSON in the response", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(ShownRequest, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"novelty":""")]
    [InlineData("""[{"dpoJobs":""")]
    public async Task Reports_deep_nesting(string level)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(string.Concat(Enumerable.Repeat(level, 10_000)));

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("Invalid JSON in the response", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 50, 1500);
    }

    [Fact]
    public async Task Stops_reading_a_response_at_32_MiB()
    {
        const long Limit = 32L * 1024 * 1024;
        using var test = new ClientUnderTest();
        // One valid page, so that only its size ends the reading.
        using var body = new FakeBody("""{"dpoJobs":[{}""")
        {
            Repeat = Encoding.UTF8.GetBytes($$""",{"displayName":"{{new string('x', 8000)}}"}"""),
            TotalLength = 50_000_000,
        };
        test.Transport.Reply(HttpStatusCode.OK, body);

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());

        Assert.Contains("larger than 32 MiB", exception.Message, StringComparison.Ordinal);
        AssertSuggestsPageSize(exception);
        Assert.EndsWith(ShownRequest, exception.Message, StringComparison.Ordinal);
        Assert.InRange(body.BytesRead, Limit, Limit + (4 * 1024 * 1024));
        Assert.True(body.IsDisposed);
        Assert.Single(test.Transport.Requests);
    }

    [Fact]
    public async Task Accepts_a_response_of_exactly_the_limit()
    {
        var attempt = new Attempt("GET x", 0, TimeSpan.Zero, new ApiKey(ClientUnderTest.Key, "the test"));
        using var stream = new ResponseStream(new MemoryStream(new byte[8]), 8, attempt);

#pragma warning disable CA1835 // .NET Framework has no overload with Memory<byte>.
        Assert.Equal(8, await stream.ReadAsync(new byte[16], 0, 16, TestContext.Current.CancellationToken));
        Assert.Equal(0, await stream.ReadAsync(new byte[16], 0, 16, TestContext.Current.CancellationToken));
#pragma warning restore CA1835
        Assert.Equal(8, stream.BytesRead);
    }

    public static TheoryData<string, string> ErrorBodies { get; } =
        new()
        {
            { ErrorBody, "has an error in place of the expected fields: quota. Request:" },
            { """{"code":5,"message":"not there","details":[]}""", "expected fields: not there. Request:" },
            { """{"error":"no\u001b[2J"}""", "expected fields: no␛[2J. Request:" },
            { """{"detail":"nope."}""", "expected fields: nope. Request:" },
            { """{"code":13}""", "has none of the expected fields. Request:" },
            { """{"error":{}}""", "has none of the expected fields. Request:" },
            { "{}", "has none of the expected fields. Request:" },
            { "null", "returned null instead of an object. Request:" },
        };

    [Theory]
    [MemberData(nameof(ErrorBodies))]
    public async Task Reports_a_response_without_any_field_of_a_page_job_or_account_list(string body, string cause)
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 4 * 3; i++)
        {
            test.Transport.Json(body);
        }
        var stop = TestContext.Current.CancellationToken;

        foreach (
            var call in new Func<Task>[]
            {
                () => test.ListAsync(),
                () => test.GetAsync(),
                () => test.Client.CheckAccountAsync("acme", stop),
                () => test.Client.FindAccountIdAsync(stop),
            }
        )
        {
            var exception = await Assert.ThrowsAsync<FwResponseException>(call);
            Assert.Contains(
                cause,
                exception.Message.Replace(" Failed after 3 attempts.", ""),
                StringComparison.Ordinal
            );
            Assert.Equal(2, exception.Retries);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"code":13,"message":"internal"}""")]
    [InlineData("""{"detail":"nope"}""")]
    public async Task Retries_a_response_without_any_of_the_expected_fields_like_a_server_error(string body)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(body).Json("""{"dpoJobs":[],"nextPageToken":"","totalSize":0}""");

        Assert.Empty((await test.ListAsync()).Jobs);

        Assert.Equal(2, test.Transport.Requests.Count);
        Assert.StartsWith("Invalid response. Retrying in ", test.Log.Lines.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_show_the_key_in_the_message_of_an_error_body()
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Json($$"""{"message":"no {{ClientUnderTest.Key}}"}""");
        }

        var exception = await Assert.ThrowsAsync<FwResponseException>(() => test.GetAsync());

        Assert.Contains("expected fields: no (API key).", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dpoJobs":[]}""")]
    [InlineData("""{"dpoJobs":null,"nextPageToken":"","totalSize":0}""")]
    [InlineData("""{"nextPageToken":""}""")]
    [InlineData("""{"totalSize":0}""")]
    [InlineData("""{"dpoJobs":[],"novelty":1}""")]
    [InlineData("""{"dpoJobs":[{"name":"accounts/acme/dpoJobs/x"}],"error":"a field of tomorrow"}""")]
    public async Task Accepts_a_page_with_any_field_of_a_page(string page)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(page);

        Assert.NotNull(await test.ListAsync());
    }

    [Theory]
    [InlineData(null, """{"state":"JOB_STATE_FAILED"}""")]
    [InlineData("status.message", """{"status":{"message":""}}""")]
    [InlineData("completed_time", """{"completedTime":null}""")]
    [InlineData("completed_time,loss_config.kl_beta", "{}")]
    [InlineData("completed_time", """{"name":"accounts/acme/dpoJobs/x"}""")]
    [InlineData("new_field", """{"newField":1}""")]
    [InlineData("newField.part", """{"newField":{"part":1}}""")]
    public async Task Accepts_a_job_with_a_requested_field_or_without_optional_ones(string? readMask, string job)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(job);

        Assert.NotNull(await test.GetAsync(readMask));
    }

    [Theory]
    [InlineData(null, "{}")]
    [InlineData("*", "{}")]
    [InlineData("completed_time,state", "{}")]
    [InlineData("name", """{"name":null}""")]
    [InlineData("completed_time", """{"code":5,"message":"not there"}""")]
    [InlineData("completed_time", """{"error":"not there"}""")]
    [InlineData(null, """{"newField":1}""")]
    public async Task Rejects_a_job_without_the_requested_fields(string? readMask, string job)
    {
        using var test = new ClientUnderTest();
        test.Transport.Json(job).Json(job).Json(job);

        await Assert.ThrowsAsync<FwResponseException>(() => test.GetAsync(readMask));
    }

    [Fact]
    public async Task Retries_a_body_without_a_length_that_ends_anywhere_as_a_broken_connection()
    {
        const string Page =
            "{\"dpoJobs\":[{\"name\":\"a\\u00e4ä\",\n\"state\":null,\"trainingConfig\":{\"epochs\":12}}],\n"
            + "\"novelty\":[true,1.5e3,\"x\"],\"nextPageToken\":\"\"}";
        var bytes = Encoding.UTF8.GetBytes(Page);
        for (var length = 0; length < bytes.Length; length++)
        {
            using var test = new ClientUnderTest();
            test.Transport.Reply(HttpStatusCode.OK, new Unsized([.. bytes.Take(length)]))
                .Reply(HttpStatusCode.OK, new Unsized(bytes));

            Assert.Single((await test.ListAsync()).Jobs);

            Assert.Equal(2, test.Transport.Requests.Count);
            Assert.StartsWith("The connection failed.", test.Log.Lines.First(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Describes_a_body_without_a_length_that_ends_too_early_as_a_broken_connection()
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < 3; i++)
        {
            test.Transport.Reply(HttpStatusCode.OK, new Unsized("""{"dpoJobs":["""u8.ToArray()));
        }

        var exception = await Assert.ThrowsAsync<FwConnectionException>(() => test.ListAsync());

        Assert.StartsWith(
            "The connection broke before the response was complete (12 bytes received).",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"dpoJobs":[}""")]
    [InlineData("<html>")]
    [InlineData("""{"dpoJobs":7}""")]
    public async Task A_complete_body_without_a_length_that_is_not_a_page_is_an_invalid_response(string body)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.OK, new Unsized(Encoding.UTF8.GetBytes(body)));

        await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());
    }

    // A stream whose length is unknown, as that of a compressed body.
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    [Fact]
    public async Task Makes_control_characters_in_the_position_of_an_error_visible()
    {
        Assert.DoesNotContain((await FailInOddlyNamedFieldAsync()).Message, IsUnsafe);
    }

    [Fact]
    public async Task Makes_control_characters_visible_in_everything_that_an_error_prints()
    {
        // Get-Error prints inner exceptions, too.
        Assert.DoesNotContain((await FailInOddlyNamedFieldAsync()).ToString().ReplaceLineEndings(""), IsUnsafe);
    }

    private static void AssertSuggestsPageSize(FwResponseException exception)
    {
        Assert.Contains("-PageSize", exception.Message, StringComparison.Ordinal);
        var advice = ErrorRecords.Find(exception)!.Advice;
        Assert.Contains("-PageSize", advice, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy", advice, StringComparison.Ordinal);
    }

    private static async Task<FwResponseException> FailInOddlyNamedFieldAsync()
    {
        using var test = new ClientUnderTest();
        test.Transport.Json("""{"dpoJobs":[{"\u001b]0;title\u0007\u202e":tru""");
        return await Assert.ThrowsAsync<FwResponseException>(() => test.ListAsync());
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) || character == '\u202e';
}
