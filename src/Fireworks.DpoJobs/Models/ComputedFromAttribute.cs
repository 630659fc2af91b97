namespace Fireworks.DpoJobs;

/// <summary>Marks a property that the module computes from other properties.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ComputedFromAttribute(params string[] properties) : Attribute
{
    /// <summary>The names of the source properties, which belong to the same class.</summary>
    public string[] Properties { get; } = properties;
}
