using System.Collections;

namespace Fireworks.DpoJobs;

/// <summary>Compares the settings that were sent with those of a job that exists.</summary>
internal static class SettingComparison
{
    private const int MaxShown = 5;

    /// <summary>
    /// The sent settings that an existing job does not have. Settings that were not sent are not compared, because the
    /// service fills in its defaults; neither are secrets.
    /// </summary>
    /// <param name="sent">The settings that were sent.</param>
    /// <param name="existing">The existing job.</param>
    public static IReadOnlyList<string> FindDifferences(JobSettings sent, DpoJob existing)
    {
        var found = JobSettings.Of(existing);
        return [.. sent.Paths.Where(path => !IsSame(path, sent[path]!, found))];
    }

    /// <summary>Describes the first differences, for example <c>TrainingConfig.Epochs (2 instead of 3)</c>.</summary>
    public static string Describe(IReadOnlyList<string> paths, JobSettings sent, DpoJob existing)
    {
        var found = JobSettings.Of(existing);
        var shown = paths
            .Take(MaxShown)
            .Select(path =>
                $"{JobSettings.ToProperty(path)} ({JobSettings.Format(found[path])} instead of {JobSettings.Format(sent[path])})"
            );
        var more = paths.Count > MaxShown ? $" and {paths.Count - MaxShown} more" : "";
        return string.Join(", ", shown) + more;
    }

    private static bool IsSame(string path, object sent, JobSettings existing) =>
        SettingTable.All[path] == FieldUse.Secret
        // 0 requests the service's default.
        || (path == SettingPath.LoraAlpha && sent is 0)
        || sent switch
        {
            // The service may omit a value that equals the default of its type.
            false => existing[path] is null or false,
            0 => existing[path] is null or 0,
            0d => existing[path] is null or 0d,
            // The service stores float32.
            double number => existing[path] is double other && (float)number == (float)other,
            ApiObject => existing.Contains(path),
            string text => existing[path] is string other && IsSameText(path, text, other),
            IEnumerable items => existing[path] is IEnumerable others
                && items.Cast<object?>().SequenceEqual(others.Cast<object?>()),
            _ => sent.Equals(existing[path]),
        };

    // The service may return a full name for an ID.
    private static bool IsSameText(string path, string sent, string existing) =>
        sent == existing
        || (path == SettingPath.OutputModel && ResourceName.LastPart(sent) == ResourceName.LastPart(existing));
}
