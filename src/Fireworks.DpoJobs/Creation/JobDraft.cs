namespace Fireworks.DpoJobs;

/// <summary>The settings that the user chooses for a new job.</summary>
internal sealed record JobChoices
{
    /// <summary>The settings, except for the schedule.</summary>
    public JobSettings Settings { get; init; } = new();

    /// <summary>The schedule of the learning rate: <c>Constant</c>, <c>Linear</c> or <c>Cosine</c>. Null for the source's.</summary>
    public string? Scheduler { get; init; }

    /// <summary>The minimum learning rate of the schedule. Null for the source's.</summary>
    public double? MinLearningRateRatio { get; init; }

    /// <summary>The decay of the schedule. Null for the source's.</summary>
    public double? DecayRatio { get; init; }
}

/// <summary>A job that is not created yet: the settings of a source job, overridden by those that the user chooses.</summary>
internal sealed class JobDraft
{
    private const string DefaultLossMethod = "DPO";

    private readonly List<string> _warnings = [];
    private readonly List<string> _notes = [];

    private JobDraft() { }

    /// <summary>The settings to send.</summary>
    public JobSettings Settings { get; } = new();

    /// <summary>Warnings about settings of the source that the new job does not get.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Details for the log.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Combines the settings of a source job with those that the user chooses.</summary>
    /// <param name="source">The job whose settings are copied. Null to start from scratch.</param>
    /// <param name="choices">The settings that the user chooses.</param>
    /// <exception cref="FwParameterException">The settings are incomplete, or contradict each other.</exception>
    public static JobDraft Create(DpoJob? source, JobChoices choices)
    {
        var draft = new JobDraft();
        if (source is not null)
        {
            draft.Copy(source, choices.Settings);
        }
        draft.Apply(choices);
        draft.Complete(source);
        draft.CheckLoss(choices.Settings);
        return draft;
    }

    /// <summary>
    /// Completes a job that comes from a listing or was read with a mask. Its own settings take precedence, because the user may
    /// have changed them.
    /// </summary>
    /// <param name="partial">The job.</param>
    /// <param name="full">The same job as the service returns it by ID. Becomes the result.</param>
    public static DpoJob Complete(DpoJob partial, DpoJob full)
    {
        JobSettings.Of(partial).CopyTo(full);
        return full;
    }

    /// <summary>Whether an object may lack settings of its job. Listings omit the loss, and read masks anything.</summary>
    public static bool IsPartial(DpoJob job) =>
        job.Name is not null && (job.LossConfig is null || job.TrainingConfig is null || job.Dataset is null);

    private void Copy(DpoJob source, JobSettings choices)
    {
        var settings = JobSettings.Of(source);
        var uses = settings.Paths.ToLookup(path => SettingTable.All[path]);
        foreach (var path in uses[FieldUse.Copied])
        {
            Settings[path] = settings[path];
        }

        var retired = uses[FieldUse.Retired].Where(path => settings[path] is not (0 or false)).ToList();
        if (retired.Count > 0)
        {
            _warnings.Add(
                $"Not copied, because the service no longer accepts it: {string.Join(", ", retired.Select(Describe))}."
            );
        }
        var unknown = FindUnknown(source, "").ToList();
        if (unknown.Count > 0)
        {
            _warnings.Add(
                $"Not copied, because this version of the module does not know these fields: {string.Join(", ", unknown)}."
            );
        }
        foreach (var path in uses[FieldUse.Unique].Where(path => choices[path] is null))
        {
            _notes.Add($"Not copied, because jobs must not share it: {Describe(path)}.");
        }
        if (!choices.Paths.Any(path => path.StartsWith(SettingPath.Wandb, StringComparison.Ordinal)))
        {
            if (settings[SettingPath.WandbEnabled] is true)
            {
                _warnings.Add(
                    "The new job does not log to Weights & Biases, because the API key of the source is a secret and not copied. Use -WandbApiKey."
                );
            }
            Settings.RemoveAll(SettingPath.Wandb);
        }

        string Describe(string path) => $"{JobSettings.ToProperty(path)} {JobSettings.Format(settings[path])}";
    }

    private void Apply(JobChoices choices)
    {
        var chosen = choices.Settings;
        if (chosen[SettingPath.LossMethod] is { } method && !method.Equals(Settings[SettingPath.LossMethod]))
        {
            // The other settings of the loss belong to the method of the source.
            Settings.RemoveAll(SettingPath.Loss);
        }
        if (chosen[SettingPath.BaseModel] is not null || chosen[SettingPath.WarmStartFrom] is not null)
        {
            Settings[SettingPath.BaseModel] = Settings[SettingPath.WarmStartFrom] = null;
        }
        foreach (var path in chosen.Paths)
        {
            Settings[path] = chosen[path];
        }
        if (chosen.Paths.Any(path => path.StartsWith(SettingPath.Wandb, StringComparison.Ordinal)))
        {
            Settings[SettingPath.WandbEnabled] = true;
        }
        ApplySchedule(choices);
    }

    private void ApplySchedule(JobChoices choices)
    {
        string[] kinds = ["constant", "linear", "cosine"];
        var copied = kinds.FirstOrDefault(kind => Settings.Contains(SettingPath.Scheduler + kind));
        var kind = choices.Scheduler?.ToLowerInvariant() ?? copied;
        var hasRatio = choices.MinLearningRateRatio is not null || choices.DecayRatio is not null;
        if (hasRatio && kind is null or "constant")
        {
            throw new FwParameterException(
                "-MinLearningRateRatio and -DecayRatio require a schedule that decays: -Scheduler Linear or -Scheduler Cosine."
            );
        }
        if (kind is null)
        {
            return;
        }
        if (kind != copied)
        {
            Settings.RemoveAll(SettingPath.Scheduler);
        }
        var path = SettingPath.Scheduler + kind;
        if (hasRatio)
        {
            Settings[path] = null;
        }
        else if (!Settings.Contains(path))
        {
            Settings[path] = kind == "constant" ? new ConstantSchedule() : new DecaySchedule();
        }
        Settings[path + ".minLrRatio"] = choices.MinLearningRateRatio ?? Settings[path + ".minLrRatio"];
        Settings[path + ".decayRatio"] = choices.DecayRatio ?? Settings[path + ".decayRatio"];
    }

    private void Complete(DpoJob? source)
    {
        if (Settings[SettingPath.Dataset] is null)
        {
            throw new FwParameterException(
                "-Dataset is missing. Name a dataset, or pipe in a job whose settings are copied."
            );
        }
        if (Settings[SettingPath.BaseModel] is null == Settings[SettingPath.WarmStartFrom] is null)
        {
            throw new FwParameterException(
                "Use exactly one of -BaseModel and -WarmStartFrom, or pipe in a job whose settings are copied."
            );
        }
        if (Settings[SettingPath.LossMethod] is null)
        {
            // The service's documents disagree about its default.
            Settings[SettingPath.LossMethod] = DefaultLossMethod;
            if (source is not null)
            {
                _warnings.Add(
                    $"The source job does not state its loss method, so {DefaultLossMethod} is used. -LossMethod chooses another."
                );
            }
        }
    }

    // Settings of the other method have no effect. A job may return them, but choosing one is a mistake.
    private void CheckLoss(JobSettings chosen)
    {
        if (Settings[SettingPath.LossMethod] is "DPO")
        {
            RejectLoss(chosen, "-OrpoLambda", SettingPath.Orpo, "ORPO");
        }
        else if (Settings[SettingPath.LossMethod] is "ORPO")
        {
            RejectLoss(chosen, "-Beta", SettingPath.Dpo, "DPO");
        }
    }

    private void RejectLoss(JobSettings chosen, string parameter, string prefix, string method)
    {
        if (chosen.Paths.Any(path => path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            throw new FwParameterException(
                $"{parameter} has no effect on the loss method {Settings[SettingPath.LossMethod]}. Use it with -LossMethod {method}."
            );
        }
        Settings.RemoveAll(prefix);
    }

    // Unknown fields that have a value, by their paths. Their values may be secrets.
    private static IEnumerable<string> FindUnknown(ApiObject part, string prefix) =>
        part
            .AdditionalData.Where(field =>
                field.Value
                    is not (
                        null
                        or ""
                        or false
                        or 0L
                        or 0m
                        or 0d
                        or FieldDictionary { Count: 0 }
                        or Array { Length: 0 }
                    )
                && !(field.Value is string text && ApiObject.IsUnspecified(text))
            )
            .Select(field => prefix + ControlCharacters.MakeVisible(field.Key))
            .Concat(
                part.ReadProperties()
                    .Where(property => property.Value is ApiObject and not RpcStatus)
                    .SelectMany(property => FindUnknown((ApiObject)property.Value!, $"{prefix}{property.Name}."))
            );
}
