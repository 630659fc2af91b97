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

    private static readonly ComparisonTranslation SpecialCharacters = ComparisonTranslation.Local(
        "the value contains characters that the service may interpret differently"
    );

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
        if (!Names.Contains(path))
        {
            return ComparisonTranslation.Local(
                $"{field.PropertyPath} may contain characters that the service compares differently"
            );
        }
        if (comparison.EffectiveOperator == FilterComparator.NotEqual && comparison.IsSet)
        {
            // Different for PowerShell, in any case, is different for the service. An asterisk may be a wildcard.
            return values.All(value => IsPlain(value) && !value.Contains('*'))
                ? ComparisonTranslation.PushDown(
                    FilterBuilder.All(
                        values.Select(value =>
                            FilterBuilder.Compare(path, FilterComparator.NotEqual, FilterBuilder.String(value))
                        )
                    )
                )
                : SpecialCharacters;
        }
        return comparison.IgnoresCase && !values.All(value => IsLowerCase(value, path))
                ? ComparisonTranslation.Local(
                    "it ignores case, unlike the service; -ceq, -cin and lower-case names are pushed down"
                )
            : values.All(IsPlain) ? TranslateEquality(comparison, path, values, FilterBuilder.String)
            : SpecialCharacters;
    }

    /// <summary>Translates a comparison of the ID to one of the name, because the service has no field for the ID.</summary>
    public static ComparisonTranslation TranslateId(Comparison comparison, string accountId) =>
        comparison.Values.All(value => value is string id && ResourceName.IsId(id))
            ? Translate(
                comparison with
                {
                    Values =
                    [
                        .. comparison.Values.Select(id =>
                            new ResourceName(accountId, ResourceName.DpoJobs, (string)id!).ToString()
                        ),
                    ],
                },
                JobFields.FindProperty(nameof(DpoJob.Name))!
            )
            : ComparisonTranslation.Local("the value is not a job ID");

    // The IDs of the service have no upper case, so only the same string is equal. The names of jobs contain "dpoJobs".
    private static bool IsLowerCase(string text, string path) =>
        path switch
        {
            "created_by" => false,
            "name" => ResourceName.Parse(text, ResourceName.DpoJobs) is { AccountId: not null },
            _ => text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '/'),
        };

    private static ComparisonTranslation TranslateEquality(
        Comparison comparison,
        string path,
        string[] values,
        Func<string, FilterArgument> toArgument
    ) =>
        comparison.MayMatchUnset("") || comparison.EffectiveOperator == FilterComparator.NotEqual
            ? ComparisonTranslation.MatchesUnset(comparison)
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
