using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>The base of the cmdlets that save files of jobs.</summary>
public abstract class FwSavingCmdlet : FwWaitingCmdlet
{
    // Deleting an incomplete file takes milliseconds.
    private const int CleanupMilliseconds = 5000;

    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _missing = [];
    private string _path = "";
    private bool _isFolder;

    /// <summary>
    /// The folder, in which each file is named after its job, or for a single job the name of the file. A path that ends in a
    /// slash is a folder. A folder must exist. Default: the current folder.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Overwrites existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each saved file as an object. Default: no output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The extension of the files, with its dot.</summary>
    private protected abstract string Extension { get; }

    /// <summary>The file of a job.</summary>
    private protected abstract JobFile FindFile(ResourceName name, DpoJob? job);

    /// <summary>Whether the user confirms that the file is written.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="id">The ID of the job.</param>
    private protected abstract bool IsConfirmed(string path, string id);

    /// <summary>Reports the jobs that have no file.</summary>
    private protected abstract void ReportMissing(IReadOnlyCollection<string> ids);

    /// <summary>Checks the path before jobs are listed.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _path = this.ResolveFile(Path);
            _isFolder =
                Directory.Exists(_path)
                || Path[Path.Length - 1] == System.IO.Path.DirectorySeparatorChar
                || Path[Path.Length - 1] == System.IO.Path.AltDirectorySeparatorChar;
            if (!Directory.Exists(_isFolder ? _path : System.IO.Path.GetDirectoryName(_path)))
            {
                var place = _isFolder ? "folder" : "folder of";
                throw new FwFileException($"The {place} '{ControlCharacters.MakeVisible(Path)}' does not exist.");
            }
        }
        catch (FwFileException failure)
        {
            Throw(failure, Path);
        }
    }

    /// <summary>Saves the files of the jobs that were collected.</summary>
    protected override void EndProcessing()
    {
        var jobs = ReadJobs().ToList();
        if (jobs.Count > 1 && !_isFolder)
        {
            Throw(
                new FwParameterException(
                    $"'{ControlCharacters.MakeVisible(Path)}' is not a folder, and there are {jobs.Count:N0} jobs. Specify an existing folder with -Path."
                ),
                Path
            );
        }
        var progress = new SaveProgress(this, jobs.Count);
        foreach (var (name, job) in jobs)
        {
            if (TryFindPath(name) is { } path && IsConfirmed(path, name.Id))
            {
                Save(name, job, path, progress);
            }
            progress.FilesDone++;
        }
        progress.Clear();
        if (_missing.Count > 0)
        {
            ReportMissing(_missing);
        }
    }

    private string? TryFindPath(ResourceName name)
    {
        try
        {
            if (!_isFolder)
            {
                AtomicFile.Check(_path, Force);
                return _path;
            }
            var path = AtomicFile.PathInFolder(_path, name.Id, Extension);
            if (_written.Contains(path))
            {
                throw new FwFileException(
                    $"'{ControlCharacters.MakeVisible(path)}' has just been written for a job with the same ID in another account. Save the jobs of each account in their own folder."
                );
            }
            AtomicFile.Check(path, Force);
            return path;
        }
        catch (FwFileException failure)
        {
            Report(failure, name.ToString());
            return null;
        }
    }

    private void Save(ResourceName name, DpoJob? job, string path, SaveProgress progress)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
        var download = new FileDownload(Client, FindFile(name, job), stop.Token);
        progress.Begin(System.IO.Path.GetFileName(path), download);
        var saving = SaveAsync(path, download);
        string? result;
        try
        {
            result = TryWait(saving, name.ToString(), update: progress.Update);
        }
        finally
        {
            if (!saving.IsCompleted)
            {
                // After a stop, the incomplete file must be gone when the command ends, because the process may end too.
                stop.Cancel();
#pragma warning disable VSTHRD002 // It needs no thread of the pipeline, and the wait is limited.
                Task.WaitAny([saving], CleanupMilliseconds);
#pragma warning restore VSTHRD002
            }
        }
        if (result == path)
        {
            _written.Add(path);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
        else if (result is not null)
        {
            _missing.Add(name.Id);
        }
    }

    // Returns the path, or an empty string when there is no file.
    private async Task<string> SaveAsync(string path, FileDownload download) =>
        await AtomicFile.WriteAsync(path, Force, download.CopyToAsync).ConfigureAwait(false) ? path : "";
}
