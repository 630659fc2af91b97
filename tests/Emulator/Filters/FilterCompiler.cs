using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Emulator.Filters;

/// <summary>
/// Turns the text of a filter, in the whole language of AIP-160, into a condition on jobs. Whatever is wrong with a filter
/// is found here, before a job is looked at, as a service with typed fields would.
/// </summary>
internal static class FilterCompiler
{
    /// <returns>Null for an empty filter.</returns>
    /// <exception cref="ApiException">The filter is not one, or does not fit the fields of a job.</exception>
    public static Condition<Job>? Compile(string text)
    {
        var source = new FilterSource(text);
        return Parse(source) is { } filter
            ? Connectives.Compile(filter, new RestrictionCompiler(Account.JobFields.InList, source).Compile)
            : null;
    }

    private static FilterNode? Parse(FilterSource source)
    {
        try
        {
            return FilterParser.Parse(source.Text);
        }
        catch (FilterSyntaxException e)
        {
            throw source.Refuse(e.Position, e.Message);
        }
    }
}
