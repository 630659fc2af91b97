using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>Completes the names of firectl's profiles. Lists a folder, but opens no file.</summary>
internal sealed class ProfileCompleter : Completer
{
    /// <inheritdoc/>
    protected override IEnumerable<Completion> Complete(string typed) =>
        FirectlConfig
            .Profiles(FirectlConfig.HomeFolder)
            .Where(profile => StartsWith(profile, typed))
            .Select(profile => new Completion(
                CodeGeneration.EscapeSingleQuotedStringContent(profile),
                ControlCharacters.MakeVisible(profile),
                ControlCharacters.MakeVisible(profile)
            ));

    /// <inheritdoc/>
    protected override string ChooseQuote(string typedQuote, string text) => IsBareword(text) ? "" : "'";
}
