using System.Management.Automation;
using System.Net;
using System.Security;

namespace Fireworks.DpoJobs;

/// <summary>Creates DPO jobs, from scratch or with the settings of other jobs.</summary>
[Cmdlet(
    VerbsCommon.New,
    "FwDpoJob",
    SupportsShouldProcess = true,
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/New-FwDpoJob.md"
)]
[OutputType(typeof(DpoJob))]
public sealed class NewFwDpoJobCommand : FwConnectedCmdlet
{
    private readonly List<string> _created = [];
    private readonly List<DpoJobReference?> _sources = [];
    private volatile string? _creating;

    /// <summary>
    /// The job whose settings are copied: a job object, an ID or a full name. Not copied are the output model, the ID of the
    /// Weights &amp; Biases run, secrets, and fields that the service sets. Other parameters take precedence over copied settings.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [DpoJobReference]
    public DpoJobReference? SourceJob { get; set; }

    /// <summary>
    /// The ID of the new job: 1 to 63 lower-case letters, digits and hyphens. Upper-case letters are lowered. Default: generated from
    /// the display name or the model, with a random suffix.
    /// </summary>
    [Parameter]
    [NewJobId]
    public string? Id { get; set; }

    /// <summary>The display name. May contain any character.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DisplayName { get; set; }

    /// <summary>The dataset with the preference pairs: an ID of this account, or a full name. Required unless it is copied.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Dataset { get; set; }

    /// <summary>
    /// The full name of the model to train, for example <c>accounts/fireworks/models/qwen3-8b</c>. Cannot be combined with
    /// -WarmStartFrom.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaseModel { get; set; }

    /// <summary>
    /// The LoRA model that the training continues: an ID of this account, or a full name. Cannot be combined with -BaseModel.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WarmStartFrom { get; set; }

    /// <summary>The model that the job creates: an ID or a full name. Default: the ID of the job.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputModel { get; set; }

    /// <summary>The loss method: DPO, ORPO or another one that the service supports. Default: DPO. It is always sent.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z][A-Za-z0-9_]*$")]
    [ArgumentCompleter(typeof(LossMethodCompleter))]
    public string? LossMethod { get; set; }

    /// <summary>For DPO: the strength of the penalty for deviating from the reference model, greater than 0.</summary>
    [Parameter]
    [Number(0, IsMinimumExcluded = true)]
    public double? Beta { get; set; }

    /// <summary>The weight of the KL divergence term in the loss, at least 0.</summary>
    [Parameter]
    [Number(0)]
    public double? KlBeta { get; set; }

    /// <summary>For ORPO: the weight of the odds-ratio term in the loss, at least 0.</summary>
    [Parameter]
    [Number(0)]
    public double? OrpoLambda { get; set; }

    /// <summary>The number of passes over the dataset, at least 1.</summary>
    [Parameter]
    [Number(1)]
    public int? Epochs { get; set; }

    /// <summary>The learning rate, greater than 0, for example 1e-5.</summary>
    [Parameter]
    [Number(0, IsMinimumExcluded = true)]
    public double? LearningRate { get; set; }

    /// <summary>The number of steps during which the learning rate rises to -LearningRate, at least 0.</summary>
    [Parameter]
    [Number(0)]
    public int? LearningRateWarmupSteps { get; set; }

    /// <summary>The schedule of the learning rate. Linear and Cosine require Training V2.</summary>
    [Parameter]
    [ValidateSet("Constant", "Linear", "Cosine")]
    public string? Scheduler { get; set; }

    /// <summary>For the schedules Linear and Cosine: the minimum learning rate as a fraction of the initial one, 0 to 1.</summary>
    [Parameter]
    [Number(0, 1)]
    public double? MinLearningRateRatio { get; set; }

    /// <summary>For the schedules Linear and Cosine: the part of the steps during which the learning rate decays, 0 to 1.</summary>
    [Parameter]
    [Number(0, 1)]
    public double? DecayRatio { get; set; }

    /// <summary>The rank of the LoRA layers, at least 0.</summary>
    [Parameter]
    [Number(0)]
    public int? LoraRank { get; set; }

    /// <summary>The scaling of the LoRA layers. 0 for the service's default.</summary>
    [Parameter]
    [Number(0)]
    public int? LoraAlpha { get; set; }

    /// <summary>The dropout probability of the LoRA layers, 0 to 1.</summary>
    [Parameter]
    [Number(0, 1)]
    public double? LoraDropout { get; set; }

    /// <summary>The modules of the model that get LoRA layers, for example <c>q_proj, v_proj</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? LoraTargetModules { get; set; }

    /// <summary>The maximum number of tokens in a context, a multiple of 16.</summary>
    [Parameter]
    [Number(16, MultipleOf = 16)]
    public int? MaxContextLength { get; set; }

    /// <summary>The number of preference pairs per optimizer step, at least 1.</summary>
    [Parameter]
    [Number(1)]
    public int? BatchSizeSamples { get; set; }

    /// <summary>The weight decay of the optimizer, at least 0.</summary>
    [Parameter]
    [Number(0)]
    public double? OptimizerWeightDecay { get; set; }

    /// <summary>The Weights &amp; Biases project to log to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WandbProject { get; set; }

    /// <summary>The Weights &amp; Biases team or user to log to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WandbEntity { get; set; }

    /// <summary>The API key for Weights &amp; Biases. It is sent to the service, and never shown.</summary>
    [Parameter]
    [ValidateNotNull]
    [SecureStringOnly]
    public SecureString? WandbApiKey { get; set; }

    /// <summary>Uses the account's reserved capacity first.</summary>
    [Parameter]
    public SwitchParameter UseReservation { get; set; }

    /// <summary>The reservation whose capacity the job uses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReservationTarget { get; set; }

    /// <summary>Reports a job whose creation is interrupted, because it may exist.</summary>
    protected override void StopProcessing()
    {
        // Afterwards, the pipeline thread continues.
        var creating = _creating;
        base.StopProcessing();
        if (creating is { } id)
        {
            // A stopped cmdlet can no longer write a warning itself.
            Host.UI.WriteWarningLine(
                $"Stopped while the job '{id}' was being created. It may exist: Get-FwDpoJob {id} shows it. With -Id {id}, the command can be repeated safely."
            );
        }
    }

    /// <summary>
    /// Collects the sources: jobs that are created while a listing is read would appear in it, and become sources themselves.
    /// </summary>
    protected override void ProcessRecord()
    {
        // In an argument, an empty ID is a mistake; in a file, blank lines are common.
        if (SourceJob is not { IsBlankLine: true } || !MyInvocation.ExpectingInput)
        {
            _sources.Add(SourceJob);
        }
    }

    /// <summary>Creates the jobs.</summary>
    protected override void EndProcessing()
    {
        if (Id is not null && _sources.Count > 1)
        {
            Throw(
                new FwParameterException(
                    "-Id names one job, but several jobs were piped in. Use ForEach-Object with one -Id for each."
                ),
                Id
            );
        }
        foreach (var source in _sources)
        {
            Create(source);
        }
    }

    private void Create(DpoJobReference? source)
    {
        object? target = source is null ? null : Client.RedactKey(source.ToString());
        try
        {
            var account = FindAccount();
            var draft = JobDraft.Create(FindSource(source), CreateChoices(account));
            var name = new ResourceName(account, ResourceName.DpoJobs, FindId(draft.Settings));
            target = name.ToString();
            Create(name, draft);
        }
        catch (FwException failure)
        {
            Fail(failure, target, EndsCommand(failure));
        }
    }

    // Lists the jobs that exist, because with an error that ends the command, or with -ErrorAction Stop, a variable stays empty.
    private void Fail(FwException failure, object? target, bool endsCommand)
    {
        var complete = failure.Append(
            _created.Count == 0 ? "" : $"Created before by this command: {string.Join(", ", _created)}."
        );
        if (endsCommand)
        {
            Throw(complete, target);
        }
        Report(complete, target);
    }

    // An error that the next job would have too.
    private static bool EndsCommand(FwException failure) =>
        failure.AffectsEveryRequest
        || failure
            is FwParameterException
                or FwConnectionException
                or FwTimeoutException
                or FwApiException { StatusCode: 402 or 403 or 412 or 429 };

    private DpoJob? FindSource(DpoJobReference? source)
    {
        if (source is null || (source.Job is { } job && !JobDraft.IsPartial(job)))
        {
            return source?.Job;
        }
        var full = Wait(Client.GetDpoJobAsync(FindName(source), readMask: null, Stopped));
        return source.Job is { } partial ? JobDraft.Complete(partial, full) : full;
    }

    private string FindId(JobSettings settings)
    {
        if (Id is null)
        {
            return JobIdGenerator.Generate(
                settings[SettingPath.DisplayName] as string,
                ResourceName.LastPart((string)(settings[SettingPath.BaseModel] ?? settings[SettingPath.WarmStartFrom])!)
            );
        }
        ThrowIfKey(Id);
        var id = Id.ToLowerInvariant();
        if (id != Id)
        {
            WriteVerbose($"IDs have no upper-case letters, so the ID is '{id}'.");
        }
        return id;
    }

    private void Create(ResourceName name, JobDraft draft)
    {
        foreach (var warning in draft.Warnings)
        {
            WriteWarning(Client.RedactKey(warning));
        }
        foreach (var note in draft.Notes)
        {
            WriteVerbose(Client.RedactKey(note));
        }
        var body = Client.RedactKey(draft.Settings.Describe());
        if (!ShouldProcess($"Creating the job {name}: {body}", $"Create the job {name}?\n{body}", "Create a DPO job"))
        {
            return;
        }
        CreationResult result;
        _creating = name.Id;
        try
        {
            result = Wait(new JobCreator(Client).CreateAsync(name, draft.Settings, Stopped));
        }
        finally
        {
            _creating = null;
        }
        Write(name, result);
    }

    private void Write(ResourceName name, CreationResult result)
    {
        switch (result.Outcome)
        {
            case CreationOutcome.Created or CreationOutcome.Recovered:
                if (result.Outcome == CreationOutcome.Recovered)
                {
                    WriteVerbose($"The job '{name.Id}' was created, although the response was lost.");
                }
                _created.Add(name.Id);
                WriteObject(result.Job);
                break;
            case CreationOutcome.Existing:
                var job = result.Job!;
                WriteWarning(
                    $"The job '{name.Id}' exists with these settings (state {JobStates.NameOf(job)}), so none was created."
                );
                WriteObject(job);
                break;
            default:
                var failure = result.Failure!;
                Fail(
                    failure,
                    name.ToString(),
                    endsCommand: result.Outcome == CreationOutcome.Unknown || EndsCommand(failure)
                );
                break;
        }
    }

    private JobChoices CreateChoices(string account)
    {
        if (BaseModel is not null && WarmStartFrom is not null)
        {
            throw new FwParameterException("-BaseModel and -WarmStartFrom cannot be combined.");
        }
        var settings = new JobSettings
        {
            [SettingPath.DisplayName] = DisplayName,
            [SettingPath.Dataset] = ToFullName("-Dataset", Dataset, account, ResourceName.Datasets),
            [SettingPath.BaseModel] = ToFullName("-BaseModel", BaseModel, null, ResourceName.Models),
            [SettingPath.WarmStartFrom] = ToFullName("-WarmStartFrom", WarmStartFrom, account, ResourceName.Models),
            [SettingPath.OutputModel] = ToFullName("-OutputModel", OutputModel, account, ResourceName.Models) is null
                ? null
                : OutputModel,
            [SettingPath.LossMethod] = LossMethod?.ToUpperInvariant(),
            [SettingPath.Beta] = Beta,
            ["lossConfig.klBeta"] = KlBeta,
            [SettingPath.OrpoLambda] = OrpoLambda,
            ["trainingConfig.epochs"] = Epochs,
            ["trainingConfig.learningRate"] = LearningRate,
            ["trainingConfig.learningRateWarmupSteps"] = LearningRateWarmupSteps,
            ["trainingConfig.loraRank"] = LoraRank,
            [SettingPath.LoraAlpha] = LoraAlpha,
            ["trainingConfig.loraDropout"] = LoraDropout,
            ["trainingConfig.loraTargetModules"] = LoraTargetModules,
            ["trainingConfig.maxContextLength"] = MaxContextLength,
            ["trainingConfig.batchSizeSamples"] = BatchSizeSamples,
            ["trainingConfig.optimizerWeightDecay"] = OptimizerWeightDecay,
            ["wandbConfig.project"] = WandbProject,
            ["wandbConfig.entity"] = WandbEntity,
            [SettingPath.WandbApiKey] = WandbApiKey is null
                ? null
                : new SecretText(new NetworkCredential("", WandbApiKey).Password),
            ["useReservation"] = MyInvocation.BoundParameters.ContainsKey(nameof(UseReservation))
                ? UseReservation.IsPresent
                : null,
            ["reservationTarget"] = ReservationTarget,
        };
        return new JobChoices
        {
            Settings = settings,
            Scheduler = Scheduler,
            MinLearningRateRatio = MinLearningRateRatio,
            DecayRatio = DecayRatio,
        };
    }

    // The rules for the IDs of other resources are the service's; only the form of the name is checked.
    private static string? ToFullName(string parameter, string? text, string? account, string collection)
    {
        var parts = text?.Trim().Split('/');
        if (parts is null)
        {
            return null;
        }
        if (parts.Length == 4 && parts[0] == ResourceName.Accounts && parts[2] == collection && !parts.Contains(""))
        {
            return string.Join("/", parts);
        }
        if (parts.Length == 1 && account is not null)
        {
            return new ResourceName(account, collection, parts[0]).ToString();
        }
        var owner = account is null ? "fireworks" : "<account>";
        throw new FwParameterException(
            $"{parameter} must be {(account is null ? "" : "an ID or ")}a full name such as accounts/{owner}/{collection}/<id>."
        );
    }
}
