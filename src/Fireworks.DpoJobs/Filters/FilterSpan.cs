namespace Fireworks.DpoJobs;

/// <summary>A place in a filter's text, in UTF-16 characters from 0.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The character after the last.</param>
internal readonly record struct FilterSpan(int Start, int End)
{
    /// <summary>The place of what stands in no text, since it was made here.</summary>
    public static readonly FilterSpan None;
}
