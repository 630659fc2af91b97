using System;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Errors;

public sealed class FwExceptionTests
{
    private const string Request = "GET https://api.fireworks.ai/v1/accounts/acme/dpoJobs";

    [Theory]
    [InlineData(null, 0, "Broken.")]
    [InlineData(Request, 0, "Broken. Request: " + Request + ".")]
    [InlineData(Request, 2, "Broken. Failed after 3 attempts. Request: " + Request + ".")]
    public void The_message_names_the_cause_the_attempts_and_the_request(string? request, int retries, string message)
    {
        var exception = new FwResponseException("Broken.", request, retries);

        Assert.Equal(message, exception.Message);
        Assert.Equal(request, exception.Request);
        Assert.Equal(retries, exception.Retries);
        Assert.Null(exception.PageToken);
    }

    [Fact]
    public void Append_returns_a_copy_of_the_same_type_and_leaves_the_original_unchanged()
    {
        var original = new FwApiException(400, "Bad filter.", Request, 1)
        {
            Code = RpcCode.InvalidArgument,
            RequestId = "abc",
        };

        var copy = Assert.IsType<FwApiException>(original.Append("Continue with -PageToken t.", "t"));

        Assert.Equal($"Bad filter. Failed after 2 attempts. Request: {Request}.", original.Message);
        Assert.Null(original.PageToken);
        Assert.Equal(original.Message + " Continue with -PageToken t.", copy.Message);
        Assert.Equal("t", copy.PageToken);
        Assert.Equal((400, RpcCode.InvalidArgument, "abc"), (copy.StatusCode, copy.Code, copy.RequestId));
        Assert.Equal((Request, 1), (copy.Request, copy.Retries));
        Assert.Contains(copy.Message, copy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_keeps_the_page_token_and_the_line_break_of_a_note()
    {
        var exception = new FwTimeoutException("Late.", TimeSpan.FromSeconds(1)).Append("a", "t").Append("\nb");

        Assert.Equal("Late. a\nb", exception.Message);
        Assert.Equal("t", exception.PageToken);
    }

    [Fact]
    public void A_copy_can_be_thrown_with_a_stack_trace_of_its_own()
    {
        var original = Assert.Throws<FwResponseException>(Fail);

        void Rethrow() => throw original.Append("a");
        var copy = Assert.Throws<FwResponseException>(Rethrow);

        Assert.DoesNotContain(nameof(Fail), copy.StackTrace!, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), original.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_public_exception_is_an_FwException()
    {
        Assert.All(
            typeof(FwException).Assembly.GetExportedTypes(),
            type => Assert.True(!type.IsSubclassOf(typeof(Exception)) || typeof(FwException).IsAssignableFrom(type))
        );
    }

    private static void Fail() => throw new FwResponseException("Broken.");
}
