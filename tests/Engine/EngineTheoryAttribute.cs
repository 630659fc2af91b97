using System;
using System.Runtime.CompilerServices;
using Xunit;

namespace Fireworks.DpoJobs.Engine;

/// <summary>A theory that needs the engine of an installed PowerShell and is skipped without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute(
        [CallerFilePath] string? sourceFilePath = null,
        [CallerLineNumber] int sourceLineNumber = -1
    )
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = Engine.Missing;
        SkipUnless = nameof(Engine.IsPresent);
        SkipType = typeof(Engine);
    }
}
