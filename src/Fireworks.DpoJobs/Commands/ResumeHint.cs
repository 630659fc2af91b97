using System.Globalization;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>The parameters that continue a listing, for warnings and errors. All others stay as they were.</summary>
internal sealed record ResumeHint
{
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

    /// <summary>Whether jobs may be returned again.</summary>
    public bool RepeatsJobs { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        var isBlockReplaced = Filter is not null && HasScriptBlock;
        Append(text, "-PageToken", Quote(PageToken));
        Append(text, "-PageSize", PageSize?.ToString(CultureInfo.InvariantCulture));
        Append(text, "-ReadMask", Quote(ReadMask));
        // It would count jobs before the script block runs.
        Append(text, "-First", isBlockReplaced ? null : First?.ToString(CultureInfo.InvariantCulture));
        Append(text, "-Filter", Quote(Filter));
        if (Filter is not null)
        {
            text.Append(" (replaces -Filter, -State, -CreatedAfter and -CreatedBefore")
                .Append(RepeatsJobs ? "; jobs created at the same moment are returned again)" : ")")
                .Append(isBlockReplaced ? ", and pipe the result to Where-Object with the same script block" : "");
        }
        return text.ToString();
    }

    private static string? Quote(string? value) => value is null ? null : PowerShellQuoting.Quote(value);

    private static void Append(StringBuilder text, string parameter, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length > 0 ? " " : "").Append(parameter).Append(' ').Append(value);
        }
    }
}
