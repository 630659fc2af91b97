using System.Globalization;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The smaller messages of a made-up job: wandb, loss, and the two foreign stores.</summary>
internal readonly struct JobParts(Job job)
{
    private static readonly (string Choice, int Weight)[] LossMethods =
    [
        ("DPO", 60),
        ("METHOD_UNSPECIFIED", 20),
        ("ORPO", 15),
        ("GRPO", 3),
        ("DAPO", 1),
        ("GSPO_TOKEN", 1),
    ];

    private static readonly decimal[] Betas = [0.01m, 0.05m, 0.1m, 0.3m];

    private readonly Job _job = job;

    private Dice Dice => _job.Dice;

    public bool HasWandb => Dice.Percent(Purpose.Wandb, 30);

    public bool WandbEnabled => Dice.Percent(Purpose.Wandb, 22);

    /// <summary>A canary, not a key: a test that finds it where it should not be has found a leak.</summary>
    public string WandbApiKey =>
        WandbEnabled ? "wandb-secret-" + _job.Index.ToString(CultureInfo.InvariantCulture) : "";

    public string WandbProject => WandbEnabled ? "dpo-" + Vocabulary.Families[_job.Family].Short : "";

    public string WandbEntity => WandbEnabled ? "acme-research" : "";

    public string WandbRunId =>
        WandbEnabled ? Dice.Bits(Purpose.WandbRun).ToString("x16", CultureInfo.InvariantCulture)[..8] : "";

    public string WandbUrl =>
        WandbEnabled ? $"https://wandb.example.com/{WandbEntity}/{WandbProject}/runs/{WandbRunId}" : "";

    public bool HasLoss => !Dice.Percent(Purpose.LossUnset, 20);

    public string LossMethod => Dice.PickWeighted(Purpose.Loss, LossMethods);

    public bool IsDpo => LossMethod == "DPO";

    public bool IsOrpo => LossMethod == "ORPO";

    public decimal Beta => Dice.Pick(Purpose.Beta, Betas);

    public decimal KlBeta => LossMethod is "GRPO" or "DAPO" or "GSPO_TOKEN" ? 0.001m : 0;

    public bool HasAws => Dice.Percent(Purpose.Aws, 4);

    public bool HasAzure => Dice.Percent(Purpose.Azure, 3);

    public string AwsCredentials => _job.Account.Name + "/secrets/aws-datasets";

    public string AzureCredentials => _job.Account.Name + "/secrets/azure-datasets";

    public string AzureTenant
    {
        get
        {
            var high = Dice.Bits(Purpose.TenantHigh).ToString("x16", CultureInfo.InvariantCulture);
            var low = Dice.Bits(Purpose.TenantLow).ToString("x16", CultureInfo.InvariantCulture);
            return $"{high[..8]}-{high[8..12]}-{high[12..]}-{low[..4]}-{low[4..]}";
        }
    }
}
