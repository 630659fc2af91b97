namespace Fireworks.DpoJobs;

/// <summary>A line of a file.</summary>
/// <param name="Number">Its number, from 1. Null when the file was not read from its beginning.</param>
/// <param name="Position">The position of its first byte in the file, from 0.</param>
/// <param name="Bytes">Its content without the line feed. Valid until the next lines are read.</param>
internal readonly record struct FileLine(long? Number, long Position, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The line for messages: <c>line 17</c>, or <c>the line at byte 1,024</c>.</summary>
    public string Description => Number is { } number ? $"line {number:N0}" : $"the line at byte {Position:N0}";
}
