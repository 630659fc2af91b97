using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>Error responses in every form that the service is known to send.</summary>
public sealed class ErrorResponseTests
{
    [Theory]
    [InlineData("https://other.example/path?sig=canary", "It redirects to https://other.example.")]
    [InlineData("http://u:canary@other.example:8080/", "It redirects to http://other.example:8080.")]
    [InlineData("/canary", "It redirects to another path of the same host.")]
    [InlineData("https://other\u202e.example/", "302 Found.")]
    [InlineData("//[canary", "302 Found.")]
    [InlineData("javascript:canary", "302 Found.")]
    public async Task A_redirect_names_the_scheme_and_the_host_of_its_target(string location, string shown)
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.Found, "", "text/html", ("Location", location));

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Contains(shown, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    // 1. google.rpc.Status: the code is the gRPC number.
    [InlineData(
        404,
        """{"code":5,"message":"no such job","details":[{"@type":"x/google.rpc.Help"},{"@type":"x/google.rpc.ErrorInfo","reason":"JOB_GONE","domain":"fireworks.ai","metadata":{}}]}""",
        RpcCode.NotFound,
        "no such job",
        "JOB_GONE",
        null
    )]
    [InlineData(
        400,
        """{"code":3,"message":"bad filter","details":[]}""",
        RpcCode.InvalidArgument,
        "bad filter",
        null,
        null
    )]
    [InlineData(418, """{"code":0,"message":"m"}""", RpcCode.Ok, "m", null, null)]
    [InlineData(418, """{"code":16,"message":"m"}""", RpcCode.Unauthenticated, "m", null, null)]
    [InlineData(418, """{"code":17,"message":"m"}""", null, "m", null, null)]
    [InlineData(418, """{"code":-1,"message":"m"}""", null, "m", null, null)]
    // 2. The control plane.
    [InlineData(
        403,
        """{"error":{"message":"The API key you provided is invalid.","param":null,"code":"UNAUTHORIZED","type":"error"},"request_id":"0b5f4d1e-1111-2222-3333-444455556666"}""",
        RpcCode.Unauthenticated,
        "The API key you provided is invalid.",
        null,
        "0b5f4d1e-1111-2222-3333-444455556666"
    )]
    // 3. Strings only.
    [InlineData(400, """{"error":"text"}""", null, "text", null, null)]
    [InlineData(400, """{"message":"text"}""", null, "text", null, null)]
    [InlineData(400, """{"detail":"text"}""", null, "text", null, null)]
    // 4. AIP-193: the code is the HTTP status.
    [InlineData(
        404,
        """{"error":{"code":404,"message":"no such job","status":"NOT_FOUND","details":[{"reason":"JOB_GONE"}]}}""",
        RpcCode.NotFound,
        "no such job",
        "JOB_GONE",
        null
    )]
    [InlineData(
        400,
        """{"error":{"code":400,"message":"m","status":"BRAND_NEW"}}""",
        RpcCode.Unrecognized,
        "m",
        null,
        null
    )]
    // 5. Nothing usable.
    [InlineData(400, "", null, null, null, null)]
    [InlineData(400, "   ", null, null, null, null)]
    [InlineData(400, "{}", null, null, null, null)]
    [InlineData(400, "[]", null, null, null, null)]
    [InlineData(400, "null", null, null, null, null)]
    [InlineData(400, "\"text\"", null, null, null, null)]
    [InlineData(400, "{\"message\":", null, null, null, null)]
    [InlineData(400, """{"error":null,"message":null,"code":null,"details":null}""", null, null, null, null)]
    [InlineData(400, """{"message":7,"code":"5","details":{},"request_id":1}""", null, null, null, null)]
    [InlineData(400, """{"error":{"message":{}},"detail":[]}""", null, null, null, null)]
    [InlineData(400, """{"code":1e99,"message":"m","details":[7,null,{"reason":7}]}""", null, "m", null, null)]
    public async Task Reads_every_known_form_of_an_error(
        int status,
        string body,
        RpcCode? code,
        string? message,
        string? reason,
        string? requestId
    )
    {
        var exception = await FailAsync(status, body);

        Assert.Equal(status, exception.StatusCode);
        Assert.Equal(code, exception.Code);
        Assert.Equal(message, exception.ServiceMessage);
        Assert.Equal(reason, exception.Reason);
        Assert.Equal(requestId, exception.RequestId);
        Assert.StartsWith($"The service returned {status}", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Request: GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_message_has_status_code_text_and_request_id()
    {
        var exception = await FailAsync(400, """{"code":3,"message":"bad filter.","request_id":"abc-1"}""");

        Assert.Equal(
            "The service returned 400 Bad Request (InvalidArgument). bad filter. Request ID: abc-1. "
                + "Request: GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs.",
            exception.Message
        );
    }

    [Theory]
    [InlineData(404, """{"code":5,"message":"gone"}""", true)]
    [InlineData(404, """{"error":{"code":404,"message":"gone"}}""", false)]
    [InlineData(404, """{"error":{"status":"GONE_FOR_GOOD"}}""", false)]
    [InlineData(404, """{"detail":"gone"}""", false)]
    [InlineData(400, """{"code":5,"message":"gone"}""", true)]
    [InlineData(404, """{"code":12,"message":"no such method"}""", false)]
    [InlineData(400, """{"message":"gone"}""", false)]
    [InlineData(404, "<html>404 Not Found</html>", false)]
    [InlineData(404, "404 page not found", false)]
    [InlineData(404, "\"gone\"", false)]
    [InlineData(404, "", false)]
    public async Task Only_a_code_shows_that_a_resource_is_missing(int status, string body, bool expected) =>
        Assert.Equal(expected, (await FailAsync(status, body)).IsNotFound);

    [Fact]
    public async Task The_message_omits_a_code_that_the_status_repeats()
    {
        var exception = await FailAsync(404, """{"code":5,"message":"gone"}""");

        Assert.StartsWith(
            "The service returned 404 Not Found. gone. Request: ",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_message_omits_what_the_response_lacks()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(
            new HttpResponseMessage(HttpStatusCode.NotFound) { ReasonPhrase = "", Content = new StringContent("{}") }
        );

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal(
            "The service returned 404. Request: GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs.",
            exception.Message
        );
    }

    [Fact]
    public async Task Keeps_only_the_details_that_describe_the_error()
    {
        var exception = await FailAsync(
            400,
            """
            {"code":3,"message":"m","details":[{"@type":"a","reason":"b","domain":"c","description":"d","field":"e","subject":"f",
            "type":"g","resourceType":"h","retryDelay":"i","locale":"j","message":"k","owner":"secret","metadata":{"key":"secret"}}]}
            """
        );

        Assert.Equal(
            "@type=a domain=c description=d field=e locale=j message=k reason=b resourceType=h retryDelay=i subject=f type=g"
                .Split(' ')
                .Order(),
            Assert.Single(exception.Details).Select(field => $"{field.Key}={field.Value}").Order()
        );
    }

    [Theory]
    [InlineData("az-AZ_09")]
    [InlineData("Req-000000000011111111112222222222-000000000011111111112222222222-0000000000111111111122222222223333")]
    public async Task Shows_a_well_formed_request_id(string id)
    {
        Assert.Equal(id, (await FailAsync(404, $$"""{"request_id":"{{id}}"}""")).RequestId);
    }

    [Fact]
    public async Task Uses_plain_text_as_the_message()
    {
        var exception = await FailAsync(502, "upstream connect error\n", "text/plain", attempts: 3);

        Assert.Equal("upstream connect error", exception.ServiceMessage);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task Ignores_a_page_of_html(string? contentType)
    {
        var exception = await FailAsync(502, "<html><body>Bad gateway</body></html>", contentType, attempts: 3);

        Assert.Null(exception.ServiceMessage);
        Assert.DoesNotContain("<html>", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_request_id_from_the_body_or_else_from_the_header()
    {
        Assert.Equal("from-header", (await FailAsync(404, "{}", headers: [("x-request-id", "from-header")])).RequestId);
        Assert.Equal(
            "from-body",
            (
                await FailAsync(404, """{"request_id":"from-body"}""", headers: [("x-request-id", "from-header")])
            ).RequestId
        );
    }

    [Fact]
    public async Task Takes_the_request_id_from_the_front_end_where_the_service_sends_none()
    {
        (string, string)[] both = [("cf-ray", "8f2a-FRA"), ("x-request-id", "from-service")];

        Assert.Equal("8f2a-FRA", (await FailAsync(404, "{}", headers: both[0])).RequestId);
        Assert.Equal("from-service", (await FailAsync(404, "{}", headers: both)).RequestId);
    }

    [Theory]
    [InlineData("error code: 1010")]
    [InlineData("error code: 1020\n")]
    public async Task Distinguishes_a_rejection_by_the_front_end_from_a_rejected_key(string body)
    {
        var exception = await FailAsync(403, body, "text/plain; charset=UTF-8", headers: ("cf-ray", "8f2a-FRA"));

        Assert.Equal("FwApi.ClientRejected", ErrorRecords.Find(exception)!.Id);
        Assert.StartsWith(
            $"The front end of the service rejected this client or network, not the API key (403, {body.Trim()}). Request ID: 8f2a-FRA. Request:",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(403, "error code: 1010 and more")]
    [InlineData(403, "error code: 7")]
    [InlineData(404, "error code: 1010")]
    public async Task Treats_another_plain_text_as_a_response_of_the_service(int status, string body)
    {
        var exception = await FailAsync(status, body, "text/plain");

        Assert.StartsWith($"The service returned {status}", exception.Message, StringComparison.Ordinal);
        Assert.NotEqual("FwApi.ClientRejected", ErrorRecords.Find(exception)!.Id);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("fw_CanaryKey")]
    [InlineData("a\\u001b[31m")]
    [InlineData(
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901"
    )]
    public async Task Hides_a_malformed_request_id(string id)
    {
        Assert.Null((await FailAsync(404, $$"""{"request_id":"{{id}}"}""")).RequestId);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    public async Task Reports_the_status_when_the_body_has_invalid_strings(string broken)
    {
        var exception = await FailAsync(404, $$"""{"code":5,"message":{{broken}}}""");

        Assert.Equal(404, exception.StatusCode);
    }

    [Fact]
    public async Task Reports_the_status_when_the_body_is_nested_too_deeply()
    {
        var exception = await FailAsync(404, new string('[', 5000));

        Assert.Equal(404, exception.StatusCode);
    }

    [Fact]
    public async Task Reports_the_status_when_the_body_breaks_off()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(HttpStatusCode.NotFound, new FakeBody("{\"mess") { Failure = new IOException("reset") });

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal(404, exception.StatusCode);
    }

    [Fact]
    public async Task Reads_at_most_64_KiB_of_an_endless_body()
    {
        using var test = new ClientUnderTest();
        using var body = new FakeBody("""{"message":"x""") { Repeat = new byte[4096] };
        test.Transport.Reply(HttpStatusCode.NotFound, body);

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal(404, exception.StatusCode);
        Assert.InRange(body.BytesRead, 1, 128 * 1024);
    }

    [Fact]
    public async Task Reports_the_status_when_the_body_is_not_utf8()
    {
        using var test = new ClientUnderTest();
        test.Transport.Reply(
            HttpStatusCode.NotFound,
            new MemoryStream([.. "{\"message\":\""u8, 0xff, 0xfe, .. "\"}"u8])
        );

        var exception = await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());

        Assert.Equal("\ufffd\ufffd", exception.ServiceMessage);
    }

    [Fact]
    public async Task Truncates_a_long_message()
    {
        var exception = await FailAsync(400, $$"""{"message":"{{new string('x', 5000)}}"}""");

        Assert.InRange(exception.ServiceMessage!.Length, 100, 700);
        Assert.EndsWith("…", exception.ServiceMessage, StringComparison.Ordinal);
    }

    private static async Task<FwApiException> FailAsync(
        int status,
        string body,
        string? contentType = "application/json",
        int attempts = 1,
        params (string, string)[] headers
    )
    {
        using var test = new ClientUnderTest();
        for (var i = 0; i < attempts; i++)
        {
            test.Transport.Reply((HttpStatusCode)status, body, contentType, headers);
        }
        return await Assert.ThrowsAsync<FwApiException>(() => test.ListAsync());
    }
}
