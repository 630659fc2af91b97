namespace Fireworks.DpoJobs;

/// <summary>
/// Finds out whether the service understands a filter that it accepts: requests a job without a filter, then the same job with
/// a filter of the same form. Requests nothing for forms that have been verified before.
/// </summary>
internal sealed class FilterVerifier(
    FireworksClient client,
    string accountId,
    FilterSupport support,
    CancellationToken cancellationToken
)
{
    /// <summary>
    /// Verifies a generated filter. <see cref="FilterSupport.IsVerified"/> is then true for the conditions that are understood.
    /// </summary>
    /// <returns>
    /// The conditions that are not understood; empty when others could not be verified, because no job has the field. Null when
    /// nothing is to be changed.
    /// </returns>
    public async Task<IReadOnlyList<FilterNode>?> VerifyAsync(ListFilter filter)
    {
        if (filter.Conditions.Count == 0 || support.IsVerified(filter.Conditions))
        {
            return null;
        }
        var fields = JobProbe.FieldsOf(filter.Conditions);
        var jobs = await FindSampleAsync(fields).ConfigureAwait(false);
        if (JobProbe.Choose(jobs, fields) is not { } job)
        {
            return null;
        }
        var tested = new List<FilterRestriction>();
        var isUnderstood =
            await ProbeAsync(job, fields, tested).ConfigureAwait(false)
            || (
                fields.Count > JobProbe.CoreFields.Count
                && await ProbeAsync(job, JobProbe.CoreFields, tested).ConfigureAwait(false)
            );
        while (isUnderstood && FindUntested(fields, tested) is { Length: > 0 } rest)
        {
            var other = JobProbe.Choose(jobs, rest)!;
            if (JobProbe.FilterFor(other, rest) is null)
            {
                break;
            }
            await ProbeAsync(other, [.. JobProbe.CoreFields, .. rest], tested).ConfigureAwait(false);
        }
        var rejected = filter
            .Conditions.Where(condition => !isUnderstood || support.IsRefuted(condition, tested))
            .ToArray();
        if (!isUnderstood)
        {
            support.ExcludeAll();
        }
        var verified = filter.Conditions.Concat(tested).Where(condition => support.IsVerified([condition])).ToArray();
        support.Exclude(filter.Conditions.Except(verified), verified);
        return rejected;
    }

    /// <summary>
    /// The comparisons of a user's filter that the service accepts but does not understand, one of each form. Empty when it
    /// understands those that can be verified.
    /// </summary>
    public async Task<IReadOnlyList<FilterRestriction>> FindMisreadAsync(FilterNode userFilter)
    {
        var forms = FilterBuilder
            .FindRestrictions(userFilter)
            .GroupBy(JobProbe.FormOf)
            .Where(form => form.Key is not null)
            .ToDictionary(form => form.Key!, form => form.First());
        var unknown = forms.Where(form => support.IsUnderstood(form.Key) is null).ToArray();
        if (unknown.Length > 0)
        {
            var fields = JobProbe.FieldsOf(unknown.Select(form => form.Value));
            var job = JobProbe.Choose(await FindSampleAsync(fields).ConfigureAwait(false), fields);
            foreach (var form in unknown)
            {
                await ProbeAsync(form.Value, job).ConfigureAwait(false);
            }
        }
        return [.. forms.Where(form => support.IsUnderstood(form.Key) == false).Select(form => form.Value)];
    }

    private async Task ProbeAsync(FilterRestriction comparison, DpoJob? job)
    {
        foreach (var spelling in new[] { comparison, JobProbe.Respell(comparison) }.OfType<FilterRestriction>())
        {
            if (job is null || JobProbe.FilterLike(spelling, job) is not { } probe)
            {
                return;
            }
            var isFound = await FindsAsync(FilterPrinter.Print(probe), _ => true).ConfigureAwait(false);
            // A rejection is not a misunderstanding, because the user sees it.
            support.SetUnderstood(JobProbe.FormOf(spelling)!, isFound ?? true);
            if (isFound != false)
            {
                return;
            }
        }
    }

    private static string[] FindUntested(IEnumerable<string> fields, IEnumerable<FilterRestriction> tested) =>
        [.. fields.Except(JobProbe.CoreFields).Except(tested.Select(FilterEvaluator.PathOf).OfType<string>())];

    private async Task<IReadOnlyList<DpoJob>> FindSampleAsync(IReadOnlyList<string> fields)
    {
        var sample = new ListDpoJobsRequest(accountId)
        {
            // Not every job has the other fields.
            PageSize = fields.Count == JobProbe.CoreFields.Count ? 1 : ListDpoJobsRequest.MaximumPageSize,
            ReadMask = string.Join(",", fields),
        };
        var page = await client.ListDpoJobsAsync(sample, null, cancellationToken).ConfigureAwait(false);
        return page.Jobs;
    }

    // Whether the service finds the job with a filter on these fields, with enum values in either spelling.
    private async Task<bool> ProbeAsync(DpoJob job, IReadOnlyList<string> fields, List<FilterRestriction> tested)
    {
        var filter = JobProbe.FilterFor(job, fields)!;
        tested.AddRange(FilterBuilder.FindRestrictions(filter));
        var plain = support.Apply(new ListFilter(null, filter));
        var hasTwoSpellings = support.QuotesEnums is null && plain.HasBareEnums;
        foreach (var probe in hasTwoSpellings ? [plain, plain.QuoteEnums()] : new[] { plain })
        {
            if (await FindsAsync(probe.Text, found => found.Name == job.Name).ConfigureAwait(false) == true)
            {
                support.Verify(probe.Conditions);
                support.QuotesEnums ??=
                    probe.HasQuotedEnums ? true
                    : probe.HasBareEnums ? false
                    : null;
                return true;
            }
        }
        return false;
    }

    // Null when the service rejects the filter.
    private async Task<bool?> FindsAsync(string? filter, Func<DpoJob, bool> isWanted)
    {
        var request = new ListDpoJobsRequest(accountId)
        {
            Filter = filter,
            ReadMask = "name",
            PageSize = 1,
        };
        try
        {
            var page = await client.ListDpoJobsAsync(request, null, cancellationToken).ConfigureAwait(false);
            return page.Jobs.Any(found => found is not null && isWanted(found));
        }
        catch (FwApiException rejection) when (rejection.IsInvalidArgument)
        {
            return null;
        }
    }
}
