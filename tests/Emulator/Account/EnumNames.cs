namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The values of the enums, from the reference pages and the newer OpenAPI documents; the default is first.</summary>
internal static class EnumNames
{
    public static readonly string[] JobState = Split(
        """
        JOB_STATE_UNSPECIFIED JOB_STATE_CREATING JOB_STATE_RUNNING JOB_STATE_COMPLETED JOB_STATE_FAILED
        JOB_STATE_CANCELLED JOB_STATE_DELETING JOB_STATE_WRITING_RESULTS JOB_STATE_VALIDATING
        JOB_STATE_DELETING_CLEANING_UP JOB_STATE_PENDING JOB_STATE_EXPIRED JOB_STATE_RE_QUEUEING
        JOB_STATE_CREATING_INPUT_DATASET JOB_STATE_IDLE JOB_STATE_CANCELLING JOB_STATE_EARLY_STOPPED
        JOB_STATE_PAUSED JOB_STATE_DELETED JOB_STATE_ARCHIVED
        """
    );

    public static readonly string[] Code = Split(
        """
        OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED
        UNAUTHENTICATED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL
        UNAVAILABLE DATA_LOSS
        """
    );

    public static readonly string[] Region = Split(
        """
        REGION_UNSPECIFIED US_IOWA_1 US_VIRGINIA_1 US_ILLINOIS_1 AP_TOKYO_1 US_ARIZONA_1 US_TEXAS_1
        US_ILLINOIS_2 EU_FRANKFURT_1 US_TEXAS_2 EU_ICELAND_1 EU_ICELAND_2 US_WASHINGTON_1 US_WASHINGTON_2
        US_WASHINGTON_3 AP_TOKYO_2 US_CALIFORNIA_1 US_UTAH_1 US_TEXAS_3 US_GEORGIA_1 US_GEORGIA_2
        US_WASHINGTON_4 US_GEORGIA_3
        """
    );

    public static readonly string[] LossMethod = ["METHOD_UNSPECIFIED", "GRPO", "DAPO", "DPO", "ORPO", "GSPO_TOKEN"];

    public static readonly string[] JobPurpose = ["PURPOSE_UNSPECIFIED", "PURPOSE_PILOT"];

    private static string[] Split(string words) => words.Split([' ', '\n']);
}
