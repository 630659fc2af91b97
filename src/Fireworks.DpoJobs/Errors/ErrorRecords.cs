using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>
/// The only place that creates error records: with a stable ID that scripts can match, a category, the target object, and
/// advice.
/// </summary>
internal static class ErrorRecords
{
    private static readonly Entry InvalidArgument = new(
        "FwApi.InvalidArgument",
        ErrorCategory.InvalidArgument,
        "Check the parameter that the message describes."
    );
    private static readonly Entry Unauthenticated = new(
        "FwApi.Unauthenticated",
        ErrorCategory.AuthenticationError,
        "Check the API key and its scopes, then set FIREWORKS_API_KEY again."
    );
    private static readonly Entry PaymentRequired = new(
        "FwApi.PaymentRequired",
        ErrorCategory.QuotaExceeded,
        "Check the account's billing."
    );
    private static readonly Entry PermissionDenied = new(
        "FwApi.PermissionDenied",
        ErrorCategory.PermissionDenied,
        "Check that the API key is valid and belongs to this account: FIREWORKS_API_KEY, FIREWORKS_ACCOUNT_ID, -AccountId."
    );
    private static readonly Entry ClientRejected = new(
        "FwApi.ClientRejected",
        ErrorCategory.PermissionDenied,
        "Try from another network, without a proxy or VPN. Include the request ID when you contact Fireworks support."
    );
    private static readonly Entry NotFound = new(
        "FwApi.NotFound",
        ErrorCategory.ObjectNotFound,
        "Check the ID and the account. The service responds in the same way for resources that the key cannot access."
    );
    private static readonly Entry AlreadyExists = new(
        "FwApi.AlreadyExists",
        ErrorCategory.ResourceExists,
        "Choose another ID, or use the existing resource."
    );
    private static readonly Entry FailedPrecondition = new(
        "FwApi.FailedPrecondition",
        ErrorCategory.InvalidOperation,
        "The current state does not allow this operation. Get-FwDpoJob shows the state of a job."
    );
    private static readonly Entry Aborted = new(
        "FwApi.Aborted",
        ErrorCategory.ResourceBusy,
        "Another operation was in progress. Try again."
    );
    private static readonly Entry AccountSuspended = new(
        "FwApi.AccountSuspended",
        ErrorCategory.ResourceUnavailable,
        "Check the account's status with Fireworks.ai."
    );
    private static readonly Entry RateLimited = new(
        "FwApi.RateLimited",
        ErrorCategory.LimitsExceeded,
        "Try again later, with fewer calls in parallel."
    );
    private static readonly Entry QuotaExceeded = new(
        "FwApi.QuotaExceeded",
        ErrorCategory.QuotaExceeded,
        "Free some of the quota that the message describes, or ask Fireworks.ai to raise it."
    );
    private static readonly Entry Unimplemented = new(
        "FwApi.Unimplemented",
        ErrorCategory.NotImplemented,
        "The service does not support this operation. Check FIREWORKS_BASE_URL if it is set."
    );
    private static readonly Entry ServerError = new(
        "FwApi.ServerError",
        ErrorCategory.ResourceUnavailable,
        "Try again later. Include the request ID when you contact Fireworks support."
    );
    private static readonly Entry Redirected = new(
        "FwApi.Redirected",
        ErrorCategory.ConnectionError,
        "Set FIREWORKS_BASE_URL to the address that the service redirects to."
    );
    private static readonly Entry HttpError = new(
        "FwApi.HttpError",
        ErrorCategory.InvalidOperation,
        "Include the request ID when you contact Fireworks support."
    );
    private static readonly Entry ConnectionFailed = new(
        "FwApi.ConnectionFailed",
        ErrorCategory.ConnectionError,
        "Check the network, the proxy settings, and FIREWORKS_BASE_URL if it is set."
    );
    private static readonly Entry Timeout = new(
        "FwApi.Timeout",
        ErrorCategory.OperationTimeout,
        "Try again later. With a listing, a smaller -PageSize or a -ReadMask makes each response smaller."
    );
    private static readonly Entry InvalidResponse = new(
        "FwApi.InvalidResponse",
        ErrorCategory.InvalidData,
        "Check what responds at this address: FIREWORKS_BASE_URL, or a proxy in between. -Verbose shows each request."
    );
    private static readonly Entry TooLarge = InvalidResponse with
    {
        Advice = "With a listing, a smaller -PageSize or a -ReadMask makes each response smaller.",
    };
    private static readonly Entry Configuration = new(
        "FwConfiguration",
        ErrorCategory.AuthenticationError,
        "Use Connect-FwAccount, or set FIREWORKS_API_KEY and, if the key has several accounts, FIREWORKS_ACCOUNT_ID."
    );
    private static readonly Entry InvalidJobId = new(
        "FwInvalidJobId",
        ErrorCategory.InvalidArgument,
        "Use the ID or the full name as Get-FwDpoJob shows it."
    );
    private static readonly Entry InvalidParameter = new(
        "FwInvalidParameter",
        ErrorCategory.InvalidArgument,
        "Check the parameters that the message describes."
    );

    private static readonly Entry WaitTimeout = new(
        "FwWait.Timeout",
        ErrorCategory.OperationTimeout,
        "The job continues. Wait again, or with a longer -Timeout."
    );
    private static readonly Entry WaitPaused = new(
        "FwWait.Paused",
        ErrorCategory.ResourceUnavailable,
        "A job is paused when its account is suspended, or by hand. Resume-FwDpoJob may continue it; -State Paused waits for this state."
    );
    private static readonly Entry WaitUnknownState = new(
        "FwWait.UnknownState",
        ErrorCategory.InvalidData,
        "Update the module. -State accepts the service's name of a state that is unknown to this version."
    );
    private static readonly Entry WaitRemoved = new(
        "FwWait.Removed",
        ErrorCategory.ObjectNotFound,
        "Get-FwDpoJob -IncludeArchived lists deleted jobs for 30 days."
    );
    private static readonly Entry WaitOtherState = new(
        "FwWait.OtherState",
        ErrorCategory.InvalidOperation,
        "Get-FwDpoJob shows the state of a job, and in Status why it failed."
    );

    private static readonly Entry InvalidFilter = new(
        "FwInvalidFilter",
        ErrorCategory.InvalidArgument,
        "Correct the script block of -Filter."
    );

    private static readonly Entry FileExists = new(
        "FwFileExists",
        ErrorCategory.ResourceExists,
        "Use -Force to overwrite the file, or another -Path."
    );

    private static readonly Entry FileNotWritten = new(
        "FwFileNotWritten",
        ErrorCategory.WriteError,
        "Check that the folder exists, that you may write to it, and that the disk has space."
    );

    private static readonly Entry LogUnavailable = new(
        "FwLogUnavailable",
        ErrorCategory.ResourceUnavailable,
        "If the trainer has started, ask Fireworks.ai to enable trainer log reading for the account. Get-FwDpoJobMetric shows the progress of a job without its log."
    );

    /// <summary>The record of an error of this module. Null for any other exception: that is a bug and is not wrapped.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="target">The object of the operation. Null when there is none.</param>
    public static ErrorRecord? From(Exception exception, object? target) =>
        Find(exception) is { } entry
            ? new ErrorRecord(exception, entry.Id, entry.Category, target)
            {
                ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = entry.Advice },
            }
            : null;

    /// <summary>ID, category and advice of an error of this module. Null for any other exception.</summary>
    internal static Entry? Find(Exception exception) =>
        exception switch
        {
            FwApiException api => WithAdviceFor(api, FindByCode(api) ?? FindByStatus(api.StatusCode)),
            FwConnectionException => ConnectionFailed,
            FwTimeoutException => Timeout,
            FwResponseException { IsTooLarge: true } => TooLarge,
            FwResponseException => InvalidResponse,
            FwConfigurationException => Configuration,
            FwInvalidJobIdException => InvalidJobId,
            FwInvalidFilterException => InvalidFilter,
            FwParameterException => InvalidParameter,
            FwWaitException wait => FindByReason(wait.Reason),
            FwFileException file => file.IsExisting ? FileExists : FileNotWritten,
            FwLogUnavailableException => LogUnavailable,
            _ => null,
        };

    // The code is more precise than the status, except where the service uses a status for one purpose.
    private static Entry? FindByCode(FwApiException error) =>
        error.IsClientRejected ? ClientRejected
        : error.IsKeyRejected ? Unauthenticated
        : error.StatusCode is 402 or 412 or 429 ? null
        : error.Code switch
        {
            RpcCode.InvalidArgument or RpcCode.OutOfRange => InvalidArgument,
            RpcCode.NotFound => NotFound,
            RpcCode.AlreadyExists => AlreadyExists,
            RpcCode.PermissionDenied => PermissionDenied,
            RpcCode.ResourceExhausted => QuotaExceeded,
            RpcCode.FailedPrecondition => FailedPrecondition,
            RpcCode.Aborted => Aborted,
            RpcCode.Unimplemented => Unimplemented,
            RpcCode.Internal or RpcCode.Unavailable or RpcCode.DataLoss or RpcCode.DeadlineExceeded => ServerError,
            _ => null,
        };

    private static Entry FindByReason(WaitFailure reason) =>
        reason switch
        {
            WaitFailure.Timeout => WaitTimeout,
            WaitFailure.Paused => WaitPaused,
            WaitFailure.UnknownState => WaitUnknownState,
            WaitFailure.Removed => WaitRemoved,
            _ => WaitOtherState,
        };

    private static Entry FindByStatus(int statusCode) =>
        statusCode switch
        {
            400 => InvalidArgument,
            401 => Unauthenticated,
            402 => PaymentRequired,
            403 => PermissionDenied,
            404 => NotFound,
            412 => AccountSuspended,
            429 => RateLimited,
            >= 500 => ServerError,
            >= 300 and < 400 => Redirected,
            _ => HttpError,
        };

    private static Entry WithAdviceFor(FwApiException error, Entry entry) =>
        error.Operation switch
        {
            ApiOperation.ListJobs when entry == InvalidArgument => entry with
            {
                Advice =
                    "Check -Filter (AIP-160), -OrderBy and -ReadMask. A page token is valid only with the parameters of the call that returned it.",
            },
            ApiOperation.CreateJob when entry == PermissionDenied => entry with
            {
                Advice =
                    "The key may lack the permission to create jobs, or a quota for training may be used up. The account is that of -AccountId or FIREWORKS_ACCOUNT_ID.",
            },
            ApiOperation.CreateJob when entry == NotFound => entry with
            {
                Advice = "Check the account, the dataset and the model that the message describes.",
            },
            ApiOperation.GetJob when entry == InvalidArgument => entry with { Advice = "Check -ReadMask." },
            ApiOperation.Download when entry == Redirected => entry with
            {
                Advice =
                    "Redirects of signed addresses are not followed. Run the command again, without a proxy in between.",
            },
            ApiOperation.Download when error.StatusCode is >= 400 and < 500 => entry with
            {
                Advice = "The signed address may have expired. Run the command again.",
            },
            _ => entry,
        };

    /// <summary>The parts of an error record that depend only on the kind of error.</summary>
    /// <param name="Id">The error ID. It never changes once released.</param>
    /// <param name="Category">PowerShell's category.</param>
    /// <param name="Advice">How the user can solve the problem, in sentences.</param>
    internal sealed record Entry(string Id, ErrorCategory Category, string Advice);
}
