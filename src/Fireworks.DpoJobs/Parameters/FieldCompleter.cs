namespace Fireworks.DpoJobs;

/// <summary>Completes field names level by level: <c>Tr</c> to <c>TrainingConfig</c>, <c>TrainingConfig.</c> to its fields.</summary>
internal abstract class FieldCompleter : Completer
{
    protected override IEnumerable<Completion> Complete(string typed)
    {
        // In a quoted list, completes the item after the last comma.
        var start = typed.LastIndexOf(',') + 1;
        var previous = typed.Substring(0, start);
        var name = typed.Substring(start).TrimStart();
        return from field in JobFields.All
            where IsOffered(field) && IsMatch(field.PropertyPath, name)
            let type = Nullable.GetUnderlyingType(field.Type) ?? field.Type
            let toolTip = $"({string.Join(", ", field.WirePaths)}, {type.Name})"
            from text in FormsOf(field.PropertyPath)
            select new Completion(previous + text, text, $"{text} {toolTip}");
    }

    /// <summary>Whether the parameter accepts a field.</summary>
    protected virtual bool IsOffered(JobField field) => true;

    protected virtual IEnumerable<string> FormsOf(string propertyPath) => [propertyPath];

    private static bool IsMatch(string path, string typed)
    {
        var level = Level(typed);
        var prefix = Normalize(typed);
        var name = Normalize(path.Substring(path.LastIndexOf('.') + 1));
        // A name alone matches on every level: BaseM completes to TrainingConfig.BaseModel.
        return (Level(path) == level && StartsWith(Normalize(path), prefix))
            || (level == 0 && prefix.Length > 0 && StartsWith(name, prefix));
    }

    private static int Level(string path) => path.Count(character => character == '.');

    private static string Normalize(string name) => name.Replace("_", "");
}

/// <summary>Completes -ReadMask with every field of a job.</summary>
internal sealed class ReadMaskCompleter : FieldCompleter;

/// <summary>Completes -OrderBy with the fields that have an order, each in both directions.</summary>
internal sealed class OrderByCompleter : FieldCompleter
{
    protected override bool IsOffered(JobField field) =>
        !field.IsComputed && (field.Type.IsValueType || field.Type == typeof(string));

    protected override IEnumerable<string> FormsOf(string propertyPath) => [propertyPath, propertyPath + " desc"];
}
