using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs;

/// <summary>
/// Writes a file whole or not at all: to a temporary name in the same folder, which is then renamed. After a failure, the temporary
/// file is deleted.
/// </summary>
internal static class AtomicFile
{
    // Windows reserves these names, with any extension.
    private static readonly Regex DeviceName = new(
        "^(?:aux|con|nul|prn|(?:com|lpt)[0-9])$",
        RegexOptions.CultureInvariant
    );

    /// <summary>Fails when a file must not be written, so that this is known before much work is done.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="FwFileException">The file exists and must not be overwritten, or its folder does not exist.</exception>
    public static void Check(string path, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            throw new FwFileException($"{Show(path)} is a folder. Include the name of the file.");
        }
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new FwFileException($"The folder of {Show(path)} does not exist.");
        }
        if (!overwrite && File.Exists(path))
        {
            throw Existing(path);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FwFileException">The file exists and must not be overwritten, or could not be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        Check(path, overwrite);
        var temporary = CreateTemporaryName(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }
            Rename(temporary, path, overwrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, overwrite, exception);
        }
        finally
        {
            // Renamed after success.
            TryDelete(temporary);
        }
    }

    /// <summary>Writes a file without blocking a thread.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="write">Writes the content. Returns false when there is none, so that no file is written.</param>
    /// <returns>Whether the file was written.</returns>
    /// <exception cref="FwFileException">The file exists and must not be overwritten, or could not be written.</exception>
    public static async Task<bool> WriteAsync(string path, bool overwrite, Func<Stream, Task<bool>> write)
    {
        Check(path, overwrite);
        var temporary = CreateTemporaryName(path);
        try
        {
            bool hasContent;
            using (
                var stream = new FileStream(
                    temporary,
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    bufferSize: 4096,
                    useAsync: true
                )
            )
            {
                hasContent = await write(stream).ConfigureAwait(false);
            }
            if (hasContent)
            {
                Rename(temporary, path, overwrite);
            }
            return hasContent;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, overwrite, exception);
        }
        finally
        {
            // Renamed after success.
            TryDelete(temporary);
        }
    }

    /// <summary>The full path of a file that is named after a job.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="id">The ID of the job.</param>
    /// <param name="extension">The extension, with its dot.</param>
    /// <exception cref="FwFileException">The ID cannot be the name of a file.</exception>
    public static string PathInFolder(string folder, string id, string extension) =>
        ResourceName.IsId(id) && !DeviceName.IsMatch(id)
            ? Path.Combine(folder, id + extension)
            : throw new FwFileException(
                $"No file can be named {Show(id + extension)} on every system. Specify the name of the file with -Path."
            );

    private static string CreateTemporaryName(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}.tmp");

    private static FwFileException NotWritten(string path, bool overwrite, Exception exception) =>
        !overwrite && File.Exists(path)
            ? Existing(path)
            : new FwFileException(
                $"{Show(path)} could not be written. {ControlCharacters.MakeVisible(exception.Message)}"
            );

    private static void Rename(string temporary, string path, bool overwrite)
    {
        if (overwrite && File.Exists(path))
        {
            File.Replace(temporary, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(temporary, path);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error to report is that of writing.
        }
    }

    private static FwFileException Existing(string path) =>
        new($"{Show(path)} exists. Use -Force to overwrite it.") { IsExisting = true };

    private static string Show(string path) => $"'{ControlCharacters.MakeVisible(path)}'";
}
