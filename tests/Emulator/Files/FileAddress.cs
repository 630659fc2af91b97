using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>The path of a file on the second port.</summary>
/// <param name="Account">The names of the dialect of the account; <see cref="Default"/> for the account itself.</param>
/// <param name="JobId">The job.</param>
/// <param name="Kind">The file.</param>
internal sealed record FileAddress(string Account, string JobId, FileKind Kind)
{
    public const string Default = "default";

    private static readonly (FileKind Kind, string Name)[] Names =
    [
        (FileKind.Metrics, "metrics.jsonl"),
        (FileKind.Log, "trainer.log"),
    ];

    public string Path => $"/{Account}/dpoJobs/{JobId}/{Names.First(name => name.Kind == Kind).Name}";

    /// <summary>Parses a path; null if it is not that of a file.</summary>
    public static FileAddress? Parse(string path) =>
        path.Split('/') is ["", var account, "dpoJobs", var id, var file]
        && Names.FirstOrDefault(name => name.Name == file) is { Name: not null } found
            ? new FileAddress(account, id, found.Kind)
            : null;
}
