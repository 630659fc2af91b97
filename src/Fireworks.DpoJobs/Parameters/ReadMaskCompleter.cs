using System.Collections.Generic;

namespace Fireworks.DpoJobs;

/// <summary>Completes -ReadMask: every field of a job.</summary>
public sealed class ReadMaskCompleter : FieldCompleter
{
    private protected override bool IsOffered(JobField field) => true;

    private protected override IEnumerable<string> Forms(string propertyPath) => [propertyPath];
}
