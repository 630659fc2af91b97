namespace Fireworks.DpoJobs;

/// <summary>
/// Translates comparisons of strings. Only names with plain characters are pushed down: PowerShell ignores invisible
/// characters (<c>"a`u{200b}" -ceq 'a'</c> is true).
/// </summary>
internal static class TextComparison
{
    // Resource names and an e-mail address.
    private static readonly string[] Names =
    [
        "name",
        "dataset",
        "created_by",
        "training_config.output_model",
        "training_config.base_model",
        "training_config.warm_start_from",
    ];

    // Enums of the service that are strings in the objects because their sets are open. Upper case, digits, underscores.
    private static readonly string[] Enums = ["training_config.region", "loss_config.method", "purpose"];

    /// <summary>Translates a comparison of a string.</summary>
    public static ComparisonTranslation Translate(Comparison comparison, JobField field)
    {
        var path = field.WirePaths[0];
        var values = comparison.Values.OfType<string>().ToArray();
        if (values.Length < comparison.Values.Count)
        {
            return ComparisonTranslation.Local("the value is not a string");
        }
        if (Enums.Contains(path) && values.All(IsEnumName))
        {
            return TranslateEquality(comparison, path, values, value => FilterBuilder.Name(value.ToUpperInvariant()));
        }
        return !Names.Contains(path)
                ? ComparisonTranslation.Local(
                    $"{field.PropertyPath} may contain characters that the service compares differently"
                )
            : comparison.IgnoresCase
                ? ComparisonTranslation.Local("it ignores case, unlike the service; -ceq and -cin are pushed down")
            : values.All(IsPlain) ? TranslateEquality(comparison, path, values, FilterBuilder.String)
            : ComparisonTranslation.Local("the value contains characters that the service may interpret differently");
    }

    private static ComparisonTranslation TranslateEquality(
        Comparison comparison,
        string path,
        string[] values,
        Func<string, FilterArgument> toArgument
    ) =>
        comparison.MayMatchUnset("") ? ComparisonTranslation.MatchesUnset(comparison)
        : comparison.EffectiveOperator == FilterComparator.Equal
            ? ComparisonTranslation.PushDown(
                FilterBuilder.Any(
                    values.Select(value => FilterBuilder.Compare(path, FilterComparator.Equal, toArgument(value)))
                )
            )
        : ComparisonTranslation.Local("the service may order strings differently");

    private static bool IsEnumName(string text) =>
        text.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
        && !text.EndsWith("UNSPECIFIED", StringComparison.OrdinalIgnoreCase)
        && text.Length > 0;

    private static bool IsPlain(string text) =>
        text.All(character => character is > ' ' and < '\u007f' and not ('"' or '\'' or '\\'));
}
