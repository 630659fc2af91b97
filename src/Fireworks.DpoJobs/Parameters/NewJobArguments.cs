using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>Rejects strings that cannot be the ID of a job. Upper-case letters are accepted: the command lowers them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NewJobIdAttribute : ValidateArgumentsAttribute
{
    /// <exception cref="ValidationMetadataException">The value is not an ID.</exception>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var text = ArgumentValue.Unwrap(arguments) as string ?? "";
        if (!ResourceName.IsId(text.ToLowerInvariant()))
        {
            throw new ValidationMetadataException(
                $"'{ControlCharacters.MakeVisible(SecretPatterns.Redact(text))}' cannot be the ID of a job: an ID is {ResourceName.IdRule}."
                    + Suggest(text)
            );
        }
    }

    private static string Suggest(string text)
    {
        var words = text.ToLowerInvariant().Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? c : '-');
        var id = new string([.. words]).Trim('-');
        // A likely secret is not repeated.
        return ResourceName.IsId(id) && SecretPatterns.Redact(text) == text ? $" For example: {id}" : "";
    }
}

/// <summary>Completes the loss methods that are known. The service may have others.</summary>
internal sealed class LossMethodCompleter : Completer
{
    private static readonly (string Name, string Description)[] Methods =
    [
        ("DPO", "Direct preference optimization. The default."),
        ("ORPO", "Odds-ratio preference optimization, without a reference model."),
        ("GRPO", "Group relative policy optimization."),
        ("DAPO", "Decoupled clip and dynamic sampling policy optimization."),
        ("GSPO_TOKEN", "Group sequence policy optimization, per token."),
    ];

    protected override IEnumerable<Completion> Complete(string typed) =>
        Methods
            .Where(method => StartsWith(method.Name, typed))
            .Select(method => new Completion(method.Name, method.Name, method.Description));
}
