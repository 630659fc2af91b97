using System;

namespace Fireworks.DpoJobs;

/// <summary>Marks a property that this module computes, with the properties of the API that it needs.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ComputedFromAttribute(params string[] properties) : Attribute
{
    /// <summary>Names of properties of the same class.</summary>
    public string[] Properties { get; } = properties;
}
