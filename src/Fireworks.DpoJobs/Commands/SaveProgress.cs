using System.Globalization;
using System.Management.Automation;

namespace Fireworks.DpoJobs;

/// <summary>The progress of saving files, in bytes. It appears once the command has taken more than a second.</summary>
/// <param name="cmdlet">The cmdlet that saves.</param>
/// <param name="count">The number of files.</param>
internal sealed class SaveProgress(PSCmdlet cmdlet, int count)
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    private readonly ProgressPace _pace = new(SystemClock.Instance, TimeSpan.FromSeconds(1));
    private string _name = "";
    private FileDownload _download = null!;

    /// <summary>How many files have been saved, or have failed.</summary>
    public int FilesDone { get; set; }

    /// <summary>Continues with another file.</summary>
    public void Begin(string name, FileDownload download) => (_name, _download) = (name, download);

    /// <summary>Shows the present state, unless the last update was just before. Only on the pipeline thread.</summary>
    public void Update()
    {
        if (!_pace.IsDue())
        {
            return;
        }
        var bytes = _download.BytesCopied;
        var total = _download.Total;
        var position = count == 1 ? "" : $" (file {FilesDone + 1:N0} of {count:N0})";
        Write(
            FormatSize(bytes) + (total is null ? "" : $" of {FormatSize(total.Value)}") + position,
            FindPercent(bytes, total),
            ProgressRecordType.Processing
        );
    }

    /// <summary>Removes the progress from the console.</summary>
    public void Clear()
    {
        if (_pace.HasShown)
        {
            Write("Completed", 100, ProgressRecordType.Completed);
        }
    }

    /// <summary>Formats a size with three digits and a unit of 1,024: <c>1.23 GB</c>.</summary>
    internal static string FormatSize(long bytes)
    {
        var unit = 0;
        double size = bytes;
        while (size >= 1000 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }
        var format =
            unit == 0 || size >= 100 ? "0"
            : size >= 10 ? "0.0"
            : "0.00";
        return $"{size.ToString(format, CultureInfo.CurrentCulture)} {Units[unit]}";
    }

    /// <summary>The percentage of a file that was saved, 0 to 100. -1 when it is unknown.</summary>
    /// <param name="bytes">The number of bytes. When a download starts over, it may be that of another version.</param>
    /// <param name="total">The size of the file in bytes. Null when it is unknown.</param>
    internal static int FindPercent(long bytes, long? total) =>
        total > 0 ? (int)Math.Min(100, 100.0 * bytes / total.Value) : -1;

    private void Write(string status, int percent, ProgressRecordType type) =>
        cmdlet.WriteProgress(
            new ProgressRecord(PipelineLog.WaitProgressId, $"Saving {_name}", status)
            {
                PercentComplete = percent,
                RecordType = type,
            }
        );
}
