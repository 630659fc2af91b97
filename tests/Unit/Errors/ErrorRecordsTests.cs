using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Errors;

/// <summary>
/// Ids, categories and advice of error records. The records themselves are tested by the Pester suite, because
/// PowerShellStandard's ErrorRecord is a stub.
/// </summary>
public sealed class ErrorRecordsTests
{
    [Theory]
    [InlineData(302, null, "FwApi.Redirected", ErrorCategory.ConnectionError)]
    [InlineData(400, null, "FwApi.InvalidArgument", ErrorCategory.InvalidArgument)]
    [InlineData(401, null, "FwApi.Unauthenticated", ErrorCategory.AuthenticationError)]
    [InlineData(402, null, "FwApi.PaymentRequired", ErrorCategory.QuotaExceeded)]
    [InlineData(403, null, "FwApi.PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData(404, null, "FwApi.NotFound", ErrorCategory.ObjectNotFound)]
    [InlineData(408, null, "FwApi.HttpError", ErrorCategory.InvalidOperation)]
    [InlineData(409, null, "FwApi.HttpError", ErrorCategory.InvalidOperation)]
    [InlineData(412, null, "FwApi.AccountSuspended", ErrorCategory.ResourceUnavailable)]
    [InlineData(429, null, "FwApi.RateLimited", ErrorCategory.LimitsExceeded)]
    [InlineData(500, null, "FwApi.ServerError", ErrorCategory.ResourceUnavailable)]
    [InlineData(501, null, "FwApi.ServerError", ErrorCategory.ResourceUnavailable)]
    [InlineData(599, null, "FwApi.ServerError", ErrorCategory.ResourceUnavailable)]
    public void Without_a_code_the_status_decides(int status, RpcCode? code, string id, ErrorCategory category)
    {
        AssertEntry(status, code, id, category);
    }

    [Theory]
    [InlineData(400, RpcCode.InvalidArgument, "FwApi.InvalidArgument", ErrorCategory.InvalidArgument)]
    [InlineData(400, RpcCode.OutOfRange, "FwApi.InvalidArgument", ErrorCategory.InvalidArgument)]
    [InlineData(400, RpcCode.FailedPrecondition, "FwApi.FailedPrecondition", ErrorCategory.InvalidOperation)]
    [InlineData(400, RpcCode.NotFound, "FwApi.NotFound", ErrorCategory.ObjectNotFound)]
    [InlineData(409, RpcCode.AlreadyExists, "FwApi.AlreadyExists", ErrorCategory.ResourceExists)]
    [InlineData(409, RpcCode.Aborted, "FwApi.Aborted", ErrorCategory.ResourceBusy)]
    [InlineData(403, RpcCode.PermissionDenied, "FwApi.PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData(403, RpcCode.ResourceExhausted, "FwApi.QuotaExceeded", ErrorCategory.QuotaExceeded)]
    [InlineData(403, RpcCode.Unauthenticated, "FwApi.Unauthenticated", ErrorCategory.AuthenticationError)]
    [InlineData(501, RpcCode.Unimplemented, "FwApi.Unimplemented", ErrorCategory.NotImplemented)]
    [InlineData(400, RpcCode.Internal, "FwApi.ServerError", ErrorCategory.ResourceUnavailable)]
    [InlineData(503, RpcCode.Unavailable, "FwApi.ServerError", ErrorCategory.ResourceUnavailable)]
    [InlineData(500, RpcCode.DataLoss, "FwApi.ServerError", ErrorCategory.ResourceUnavailable)]
    [InlineData(504, RpcCode.DeadlineExceeded, "FwApi.ServerError", ErrorCategory.ResourceUnavailable)]
    public void The_code_takes_precedence_over_the_status(int status, RpcCode code, string id, ErrorCategory category)
    {
        AssertEntry(status, code, id, category);
    }

    [Theory]
    [InlineData(401, RpcCode.PermissionDenied, "FwApi.Unauthenticated", ErrorCategory.AuthenticationError)]
    [InlineData(402, RpcCode.FailedPrecondition, "FwApi.PaymentRequired", ErrorCategory.QuotaExceeded)]
    [InlineData(412, RpcCode.FailedPrecondition, "FwApi.AccountSuspended", ErrorCategory.ResourceUnavailable)]
    [InlineData(429, RpcCode.ResourceExhausted, "FwApi.RateLimited", ErrorCategory.LimitsExceeded)]
    public void A_status_with_one_purpose_takes_precedence_over_the_code(
        int status,
        RpcCode code,
        string id,
        ErrorCategory category
    )
    {
        AssertEntry(status, code, id, category);
    }

    [Theory]
    [InlineData(RpcCode.Ok)]
    [InlineData(RpcCode.Cancelled)]
    [InlineData(RpcCode.Unknown)]
    [InlineData(RpcCode.Unrecognized)]
    public void A_code_without_a_meaning_of_its_own_leaves_the_decision_to_the_status(RpcCode code)
    {
        AssertEntry(404, code, "FwApi.NotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void The_advice_fits_the_operation()
    {
        Assert.Contains(
            "-Filter",
            Advice(400, RpcCode.InvalidArgument, ApiOperation.ListJobs),
            StringComparison.Ordinal
        );
        Assert.Contains("-ReadMask", Advice(400, null, ApiOperation.GetJob), StringComparison.Ordinal);
        Assert.Contains("signed address", Advice(403, null, ApiOperation.Download), StringComparison.Ordinal);
        Assert.Contains("not followed", Advice(302, null, ApiOperation.Download), StringComparison.Ordinal);
        Assert.DoesNotContain("-Filter", Advice(400, null, ApiOperation.Other), StringComparison.Ordinal);
        Assert.All(
            Enum.GetValues<ApiOperation>(),
            operation =>
                Assert.DoesNotContain(
                    "-Filter",
                    Advice(400, RpcCode.FailedPrecondition, operation),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Each_reason_for_the_end_of_a_wait_has_its_own_id()
    {
        var reasons = Enum.GetValues<WaitFailure>();

        Assert.Equal(
            reasons.Select(reason => $"FwWait.{reason}"),
            reasons.Select(reason => ErrorRecords.Find(new FwWaitException(reason, "m"))!.Id)
        );
    }

    [Fact]
    public void Every_public_exception_has_a_record()
    {
        Exception[] errors =
        [
            new FwApiException(500, "m"),
            new FwConnectionException("m"),
            new FwTimeoutException("m", TimeSpan.FromSeconds(60)),
            new FwResponseException("m"),
            new FwConfigurationException("m"),
            new FwInvalidJobIdException("m"),
            new FwInvalidFilterException("m"),
            new FwParameterException("m"),
            new FwWaitException(WaitFailure.Paused, "m"),
            new FwFileException("m"),
            new FwLogUnavailableException("m"),
        ];
        var types = typeof(FwException)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsAbstract);

        Assert.All(errors, error => Assert.NotNull(ErrorRecords.From(error, null)));
        Assert.Equal(
            types.Select(type => type.Name).Order(StringComparer.Ordinal),
            errors.Select(error => error.GetType().Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_status_and_code_has_a_record()
    {
        foreach (var code in Enum.GetValues<RpcCode>().Cast<RpcCode?>().Append(null))
        {
            Assert.All(
                Enumerable.Range(100, 500),
                status => Assert.NotNull(ErrorRecords.Find(new FwApiException(status, "m") { Code = code }))
            );
        }
    }

    [Fact]
    public void Any_other_exception_is_a_bug_without_a_record()
    {
        Assert.Null(ErrorRecords.From(new InvalidOperationException("m"), null));
        Assert.Null(ErrorRecords.From(new OperationCanceledException(), null));
    }

    private static void AssertEntry(int status, RpcCode? code, string id, ErrorCategory category)
    {
        var entry = ErrorRecords.Find(new FwApiException(status, "m") { Code = code });

        Assert.Equal((id, category), (entry!.Id, entry.Category));
    }

    private static string Advice(int status, RpcCode? code, ApiOperation operation) =>
        ErrorRecords.Find(new FwApiException(status, "m") { Code = code, Operation = operation })!.Advice;
}
