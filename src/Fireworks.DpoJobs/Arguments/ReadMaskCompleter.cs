using System.Collections.Generic;
using Fireworks.DpoJobs.Query;

namespace Fireworks.DpoJobs.Arguments;

/// <summary>Completes -ReadMask: every field of a job.</summary>
public sealed class ReadMaskCompleter : FieldCompleter
{
    private protected override bool IsOffered(FieldNames.Field field) => true;

    private protected override IEnumerable<string> Forms(string propertyPath) => [propertyPath];
}
