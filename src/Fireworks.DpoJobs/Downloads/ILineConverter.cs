namespace Fireworks.DpoJobs;

/// <summary>Converts the lines of a job's file to the objects that a cmdlet writes.</summary>
internal interface ILineConverter
{
    /// <summary>Whether a line that is too long is divided. Otherwise it is an error.</summary>
    bool DividesLongLines { get; }

    /// <summary>Converts a line. Null when it has no object.</summary>
    object? Convert(FileLine line);

    /// <summary>Converts the text after the last line feed of the file. Null when it has no object.</summary>
    /// <param name="line">The incomplete line.</param>
    /// <param name="isJobFinished">Whether the job has ended, so that the file does not grow any more.</param>
    object? ConvertRest(FileLine line, bool isJobFinished);
}
