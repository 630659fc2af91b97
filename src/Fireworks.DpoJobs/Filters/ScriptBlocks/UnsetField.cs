namespace Fireworks.DpoJobs;

/// <summary>
/// A field that is not set: <c>$null</c> here, and to the service perhaps the default of its type, perhaps something that
/// matches no comparison (AIP-160, traversal). So a condition that is true of it stays here.
/// </summary>
internal static class UnsetField
{
    /// <summary>Whether a condition is true of a job without the field, or with a default.</summary>
    /// <param name="comparison">The condition.</param>
    /// <param name="unset">What else the field may be read as when it is not set: the default of its type.</param>
    public static bool Meets(Comparison comparison, object unset) => comparison.Holds(null) || comparison.Holds(unset);

    /// <summary>Why such a condition stays here.</summary>
    public static string Reason(string property) => $"it holds for jobs without {property} too";
}
