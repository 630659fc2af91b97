namespace Fireworks.DpoJobs;

/// <summary>The parameters that continue a listing, for warnings and errors. All others stay as they were.</summary>
internal sealed record ResumeHint
{
    private const int MaxTokenLength = 2000;

    /// <summary>The page to start at. Null when <see cref="Filter"/> selects the rest.</summary>
    public string? PageToken { get; init; }

    /// <summary>The page size that the token was issued for. Null for the service's default.</summary>
    public int? PageSize { get; init; }

    /// <summary>The fields that the token was issued for, if they are not those of the command. Otherwise null.</summary>
    public string? ReadMask { get; init; }

    /// <summary>How many jobs are still missing. Null without -First.</summary>
    public int? First { get; init; }

    /// <summary>The filter to use in place of the filtering parameters, if those would now generate another. Otherwise null.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether a script block must run on the results if <see cref="Filter"/> replaces it.</summary>
    public bool HasScriptBlock { get; init; }

    /// <summary>Whether <see cref="Filter"/> does not replace -State, because its states are only checked locally.</summary>
    public bool KeepsState { get; init; }

    /// <summary>Whether jobs may be returned again.</summary>
    public bool RepeatsJobs { get; init; }

    public override string ToString()
    {
        var isBlockReplaced = Filter is not null && HasScriptBlock;
        // With Where-Object, -First would count jobs before the script block runs.
        var first = isBlockReplaced ? null : First;
        string?[] parameters =
        [
            PageToken is { Length: > MaxTokenLength }
                ? $"-PageToken and the token, which is too long to show ({PageToken.Length:N0} characters): the error has it in "
                    + "$Error[0].Exception.PageToken, a page of -AsPage in NextPageToken;"
                : Format("-PageToken", PageToken),
            PageSize is { } size ? $"-PageSize {size}" : null,
            Format("-ReadMask", ReadMask),
            first is null ? null : $"-First {first}",
            Format("-Filter", Filter),
        ];
        var repeated = RepeatsJobs ? "; jobs created in the same second are returned again" : "";
        return string.Join(" ", parameters.OfType<string>())
            + (
                Filter is null
                    ? ""
                    : $" (replaces -Filter, {(KeepsState ? "" : "-State, ")}-CreatedAfter and -CreatedBefore{repeated})"
            )
            + (isBlockReplaced ? ", and pipe the result to Where-Object with the same script block" : "");
    }

    private static string? Format(string parameter, string? value) =>
        value is null ? null : $"{parameter} {PowerShellQuoting.Quote(value)}";
}
