using System;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// One DPO (preference fine-tuning) job, as <c>GET /v1/accounts/{account_id}/dpoJobs</c> and
/// <c>GET …/dpoJobs/{dpo_job_id}</c> return it (reference page "Get Dpo Job"). Every property is <c>null</c> when the
/// service left the field out, sent it empty, or a read mask excluded it.
/// </summary>
public sealed class DpoJob : ApiObject
{
    /// <summary>The full resource name, <c>accounts/{account}/dpoJobs/{id}</c>. Read-only on the service.</summary>
    public string? Name { get; set; }

    /// <summary>The last part of <see cref="Name"/>: 1 to 63 characters of <c>[a-z0-9-]</c>. Null without a name.</summary>
    [JsonIgnore]
    [ComputedFrom(nameof(Name))]
    public string? Id => ResourceName.FindId(Name, ResourceName.DpoJobs);

    /// <summary>The account in <see cref="Name"/>. Null without a name.</summary>
    [JsonIgnore]
    [ComputedFrom(nameof(Name))]
    public string? AccountId => ResourceName.FindId(Name, ResourceName.Accounts);

    /// <summary>The name that a person gave the job. Free text: it may hold any character.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The full resource name of the data set that the job trains on.</summary>
    public string? Dataset { get; set; }

    /// <summary>The e-mail address of the user who started the job.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>When the job was created, in UTC. The wire's nanoseconds are cut to 100 ns.</summary>
    public DateTimeOffset? CreateTime { get; set; }

    /// <summary>When the job came to its end, in UTC. Null while it has not ended.</summary>
    public DateTimeOffset? CompletedTime { get; set; }

    /// <summary>From <see cref="CreateTime"/> to <see cref="CompletedTime"/>. Null when either is.</summary>
    [JsonIgnore]
    [ComputedFrom(nameof(CreateTime), nameof(CompletedTime))]
    public TimeSpan? Duration => CompletedTime - CreateTime;

    /// <summary>
    /// The state. <see cref="JobState.Unrecognized"/> when the service sent a state that this version does not know:
    /// <see cref="StateText"/> then says which.
    /// </summary>
    [JsonIgnore]
    public JobState? State { get; private set; }

    /// <summary>The state as the service spells it, for example <c>JOB_STATE_COMPLETED</c>.</summary>
    [JsonPropertyName("state")]
    [ComputedFrom(nameof(State))]
    public string? StateText
    {
        get;
        set
        {
            field = value;
            State = JobStates.Parse(value);
        }
    }

    /// <summary>
    /// Whether the job has come to an end that it never leaves: Completed, Failed, Cancelled, EarlyStopped, Expired,
    /// Deleted or Archived. Null when the state is absent or not known to this version.
    /// </summary>
    [JsonIgnore]
    [ComputedFrom(nameof(State))]
    public bool? IsFinished => JobStates.IsFinished(State);

    /// <summary>The outcome in the service's words; for a failed job, why it failed.</summary>
    public RpcStatus? Status { get; set; }

    /// <summary>What is trained, and how.</summary>
    public TrainingConfig? TrainingConfig { get; set; }

    /// <summary>The loss that is minimised. The reference sends it with single jobs.</summary>
    public LossConfig? LossConfig { get; set; }

    /// <summary>The Weights &amp; Biases run that the job reports to.</summary>
    public WandbConfig? WandbConfig { get; set; }

    /// <summary>
    /// Where the trainer's output can be read. Whoever has the address can read the logs, so it prints as a
    /// placeholder: <see cref="SecretText.Reveal"/> gives it. Sent with single jobs, for accounts that may read logs.
    /// </summary>
    public SecretText? TrainerLogsSignedUrl { get; set; }

    /// <summary>How the job reads its data set from Amazon S3, where it does.</summary>
    public AwsS3Config? AwsS3Config { get; set; }

    /// <summary>How the job reads its data set from Azure Blob Storage, where it does.</summary>
    public AzureBlobStorageConfig? AzureBlobStorageConfig { get; set; }

    /// <summary>What the job is for, as the service spells it (<c>PURPOSE_UNSPECIFIED</c>, <c>PURPOSE_PILOT</c>). An open set.</summary>
    public string? Purpose { get; set; }

    /// <summary>Whether the job runs on capacity that the account has reserved.</summary>
    public bool? UseReservation { get; set; }

    /// <summary>The full name, so that a job given where text is wanted names itself without doubt.</summary>
    /// <returns><see cref="Name"/>, or an empty string without one.</returns>
    public override string ToString() => Name ?? "";
}
