using System.Security;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>Reads small text files.</summary>
internal static class ConfigurationFile
{
    /// <summary>The largest size, in bytes.</summary>
    public const int MaxSize = 64 * 1024;

    /// <summary>Reads a file. Null when it does not exist.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="cancellationToken">Ends the reading, even of a pipe without a writer.</param>
    /// <exception cref="FwConfigurationException">The file cannot be read, or is too large.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        // No token ends the opening of a pipe. After a cancellation, this background thread is abandoned.
        var reading = Task.Factory.StartNew(
            () => ReadStart(path),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var cancelled = new TaskCompletionSource<bool>();
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(reading, cancelled.Task).ConfigureAwait(false);
        }
        cancellationToken.ThrowIfCancellationRequested();
        return await reading.ConfigureAwait(false);
    }

    private static string? ReadStart(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var buffer = new byte[MaxSize + 1];
            int length = 0,
                read;
            do
            {
                read = file.Read(buffer, length, buffer.Length - length);
                length += read;
            } while (read > 0 && length < buffer.Length);
            if (length > MaxSize)
            {
                throw new FwConfigurationException(
                    $"{ControlCharacters.MakeVisible(path)} is larger than {MaxSize / 1024} KiB, so it is not a configuration file."
                );
            }
            using var reader = new StreamReader(new MemoryStream(buffer, 0, length), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or SecurityException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            throw new FwConfigurationException(
                ControlCharacters.MakeVisible($"{path} cannot be read: {exception.Message}")
            );
        }
    }
}
