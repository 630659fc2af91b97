using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// A DPO (preference fine-tuning) job, as <c>GET /v1/accounts/{account_id}/dpoJobs</c> and
/// <c>GET …/dpoJobs/{dpo_job_id}</c> return it (reference pages "List Dpo Jobs" and "Get Dpo Job"). A property is
/// <c>null</c> when the service omitted the field or sent it empty, or a read mask excluded it.
/// </summary>
public sealed class DpoJob : ApiObject
{
    private JobState? _state;
    private string? _stateText;

    /// <summary>The full resource name, <c>accounts/{account}/dpoJobs/{id}</c>. Read-only on the service.</summary>
    public string? Name { get; set; }

    /// <summary>The ID in <see cref="Name"/>: 1 to 63 characters of <c>[a-z0-9-]</c>. Null without a name.</summary>
    [JsonIgnore]
    [ComputedFrom(nameof(Name))]
    public string? Id => ResourceName.FindId(Name, ResourceName.DpoJobs);

    /// <summary>The account ID in <see cref="Name"/>. Null without a name.</summary>
    [JsonIgnore]
    [ComputedFrom(nameof(Name))]
    public string? AccountId => ResourceName.FindId(Name, ResourceName.Accounts);

    /// <summary>The display name, chosen by the user. May contain any character.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The full resource name of the dataset that the job trains on.</summary>
    public string? Dataset { get; set; }

    /// <summary>The e-mail address of the user who created the job. Read-only on the service.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>When the job was created, in UTC, truncated to 100 nanoseconds. Read-only on the service.</summary>
    public DateTimeOffset? CreateTime { get; set; }

    /// <summary>When the job ended, in UTC. Null while it has not ended. Read-only on the service.</summary>
    public DateTimeOffset? CompletedTime { get; set; }

    /// <summary>The time from <see cref="CreateTime"/> to <see cref="CompletedTime"/>. Null when either is null.</summary>
    [JsonIgnore]
    [ComputedFrom(nameof(CreateTime), nameof(CompletedTime))]
    public TimeSpan? Duration => CompletedTime - CreateTime;

    /// <summary>
    /// The state. <see cref="JobState.Unrecognized"/> when this version does not know the state;
    /// <see cref="StateText"/> then has its name. Setting the state sets <see cref="StateText"/> too.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The value is <see cref="JobState.Unrecognized"/> or undefined, so it has no text: set <see cref="StateText"/> instead.
    /// </exception>
    [JsonIgnore]
    public JobState? State
    {
        get => _state;
        set
        {
            _stateText = JobStates.TextOf(value, _stateText);
            _state = value;
        }
    }

    /// <summary>
    /// The state as the service spells it, for example <c>JOB_STATE_COMPLETED</c>. Setting the text sets
    /// <see cref="State"/> too. Read-only on the service.
    /// </summary>
    [JsonPropertyName("state")]
    [ComputedFrom(nameof(State))]
    public string? StateText
    {
        get => _stateText;
        set
        {
            _state = JobStates.Parse(value);
            _stateText = value;
        }
    }

    /// <summary>
    /// Whether the state is one that a job ends in: Completed, Failed, Cancelled, EarlyStopped, Expired, Deleted or
    /// Archived. Failed and Cancelled jobs can be resumed. Null when the state is null or unrecognized.
    /// </summary>
    [JsonIgnore]
    [ComputedFrom(nameof(State))]
    public bool? IsFinished => JobStates.IsFinished(State);

    /// <summary>The outcome: for a failed job, the reason. Read-only on the service.</summary>
    public RpcStatus? Status { get; set; }

    /// <summary>The training settings.</summary>
    public TrainingConfig? TrainingConfig { get; set; }

    /// <summary>The loss function. On the reference pages, only single jobs have it.</summary>
    public LossConfig? LossConfig { get; set; }

    /// <summary>The Weights &amp; Biases run that the job logs to.</summary>
    public WandbConfig? WandbConfig { get; set; }

    /// <summary>
    /// The address of the trainer's log (stdout and stderr). Everyone who has the address can read the log, so views and
    /// exports show a placeholder; <see cref="SecretText.Reveal"/> returns it. On the reference pages, only single jobs of
    /// accounts with trainer log reading enabled have it. Read-only on the service.
    /// </summary>
    public SecretText? TrainerLogsSignedUrl { get; set; }

    /// <summary>Access to a dataset in Amazon S3 (Python SDK).</summary>
    public AwsS3Config? AwsS3Config { get; set; }

    /// <summary>Access to a dataset in Azure Blob Storage (Python SDK).</summary>
    public AzureBlobStorageConfig? AzureBlobStorageConfig { get; set; }

    /// <summary>
    /// The purpose as the service spells it: <c>PURPOSE_UNSPECIFIED</c>, <c>PURPOSE_PILOT</c> or a newer one (OpenAPI
    /// 4.259.0).
    /// </summary>
    public string? Purpose { get; set; }

    /// <summary>Whether the job uses the account's reserved capacity first (OpenAPI of September 2026).</summary>
    public bool? UseReservation { get; set; }

    /// <summary>The reservation whose capacity the job uses (Python SDK 1.2.23). Null when there is none.</summary>
    public string? ReservationTarget { get; set; }

    /// <summary>
    /// The Hugging Face repository of the renderer that applies the chat template in Training V2 (Python SDK 1.2.23). Null for
    /// the default.
    /// </summary>
    public string? RendererHuggingFaceRepoId { get; set; }

    /// <summary>Returns the full resource name, so that a job converts to an unambiguous string.</summary>
    /// <returns><see cref="Name"/>, or an empty string without a name.</returns>
    public override string ToString() => Name ?? "";

    [MethodImpl(PlainReader.Optimized)]
    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("name"u8):
                Name = reader.ReadText();
                return true;
            case 5 when name.SequenceEqual("state"u8):
                StateText = reader.ReadText();
                return true;
            case 6 when name.SequenceEqual("status"u8):
                Status = reader.IsObject() ? reader.ReadObject(new RpcStatus()) : null;
                return true;
            case 7 when name.SequenceEqual("dataset"u8):
                Dataset = reader.ReadText();
                return true;
            case 7 when name.SequenceEqual("purpose"u8):
                Purpose = reader.ReadText();
                return true;
            case 9 when name.SequenceEqual("createdBy"u8):
                CreatedBy = reader.ReadText();
                return true;
            case 10 when name.SequenceEqual("createTime"u8):
                CreateTime = reader.ReadTimestamp();
                return true;
            case 10 when name.SequenceEqual("lossConfig"u8):
                LossConfig = reader.IsObject() ? reader.ReadObject(new LossConfig()) : null;
                return true;
            case 11 when name.SequenceEqual("awsS3Config"u8):
                AwsS3Config = reader.IsObject() ? reader.ReadObject(new AwsS3Config()) : null;
                return true;
            case 11 when name.SequenceEqual("displayName"u8):
                DisplayName = reader.ReadText();
                return true;
            case 11 when name.SequenceEqual("wandbConfig"u8):
                WandbConfig = reader.IsObject() ? reader.ReadObject(new WandbConfig()) : null;
                return true;
            case 13 when name.SequenceEqual("completedTime"u8):
                CompletedTime = reader.ReadTimestamp();
                return true;
            case 14 when name.SequenceEqual("trainingConfig"u8):
                TrainingConfig = reader.IsObject() ? reader.ReadObject(new TrainingConfig()) : null;
                return true;
            case 14 when name.SequenceEqual("useReservation"u8):
                UseReservation = reader.ReadBoolean();
                return true;
            case 17 when name.SequenceEqual("reservationTarget"u8):
                ReservationTarget = reader.ReadText();
                return true;
            case 20 when name.SequenceEqual("trainerLogsSignedUrl"u8):
                TrainerLogsSignedUrl = reader.ReadSecret();
                return true;
            case 22 when name.SequenceEqual("azureBlobStorageConfig"u8):
                AzureBlobStorageConfig = reader.IsObject() ? reader.ReadObject(new AzureBlobStorageConfig()) : null;
                return true;
            case 25 when name.SequenceEqual("rendererHuggingFaceRepoId"u8):
                RendererHuggingFaceRepoId = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}
