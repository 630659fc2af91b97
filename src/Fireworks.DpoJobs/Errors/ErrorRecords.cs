using System;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// The only place that makes error records: a stable id that scripts can match, a category, the object that was worked
/// on, and what to do.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure that this module knows. Null for any other: such an exception is a bug and stays itself.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">What it happened to. Null when there is no such thing.</param>
    public static ErrorRecord? From(Exception exception, object? target)
    {
        var known = Find(exception);
        return known is not { } error
            ? null
            : new ErrorRecord(exception, error.Id, error.Category, target)
            {
                ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = error.Action },
            };
    }

    private static (string Id, ErrorCategory Category, string Action)? Find(Exception exception) =>
        exception switch
        {
            FwApiException { IsKeyRejected: true } => FindApi(401),
            FwApiException api => FindApi(api.StatusCode),
            FwConnectionException => (
                "FwApi.ConnectionFailed",
                ErrorCategory.ConnectionError,
                "Check the network, the proxy settings, and FIREWORKS_BASE_URL if it is set."
            ),
            FwTimeoutException => (
                "FwApi.Timeout",
                ErrorCategory.OperationTimeout,
                "Try again later. With a listing, a smaller -PageSize or a -ReadMask makes each answer smaller."
            ),
            FwResponseException => (
                "FwApi.InvalidResponse",
                ErrorCategory.InvalidData,
                "Check what answers at this address: FIREWORKS_BASE_URL, or a proxy on the way. With -Verbose each request is shown."
            ),
            FwConfigurationException => (
                "FwConfiguration",
                ErrorCategory.AuthenticationError,
                "Use Connect-FwAccount, or set FIREWORKS_API_KEY and, where the key has several accounts, FIREWORKS_ACCOUNT_ID."
            ),
            FwInvalidJobIdException => (
                "FwInvalidJobId",
                ErrorCategory.InvalidArgument,
                "Give the id or the full name as Get-FwDpoJob shows it."
            ),
            _ => null,
        };

    private static (string Id, ErrorCategory Category, string Action) FindApi(int statusCode) =>
        statusCode switch
        {
            400 => (
                "FwApi.InvalidArgument",
                ErrorCategory.InvalidArgument,
                "Check -Filter (AIP-160), -OrderBy and -ReadMask. A page token is good only with the parameters of the call that gave it."
            ),
            401 => (
                "FwApi.Unauthenticated",
                ErrorCategory.AuthenticationError,
                "Check the API key and its scopes, then set FIREWORKS_API_KEY again."
            ),
            402 => ("FwApi.PaymentRequired", ErrorCategory.QuotaExceeded, "Check the account's billing."),
            403 => (
                "FwApi.PermissionDenied",
                ErrorCategory.PermissionDenied,
                "Check that the API key is valid and belongs to this account: FIREWORKS_API_KEY, FIREWORKS_ACCOUNT_ID, -AccountId."
            ),
            404 => (
                "FwApi.NotFound",
                ErrorCategory.ObjectNotFound,
                "Check the id and the account. The service answers the same for what the key may not see."
            ),
            412 => (
                "FwApi.AccountSuspended",
                ErrorCategory.ResourceUnavailable,
                "Check the account's standing with Fireworks.ai."
            ),
            429 => (
                "FwApi.RateLimited",
                ErrorCategory.LimitsExceeded,
                "Wait, then try again, with fewer calls side by side."
            ),
            >= 500 => (
                "FwApi.ServerError",
                ErrorCategory.ResourceUnavailable,
                "Try again later. Fireworks' support wants the request id."
            ),
            >= 300 and < 400 => (
                "FwApi.Redirected",
                ErrorCategory.ConnectionError,
                "Set FIREWORKS_BASE_URL to the address that really answers."
            ),
            _ => ("FwApi.HttpError", ErrorCategory.InvalidOperation, "Fireworks' support wants the request id."),
        };
}
