using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>Converts the lines of a trainer log to strings. Invalid UTF-8 becomes U+FFFD.</summary>
/// <param name="isRaw">Whether control characters are unchanged. Otherwise they are made visible.</param>
internal sealed class LogLineConverter(bool isRaw) : ILineConverter
{
    public bool DividesLongLines => true;

    public object Convert(FileLine line)
    {
        var bytes = line.Bytes;
        if (line.Position == 0 && bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes.Slice(3);
        }
        if (bytes.Length > 0 && bytes.Span[bytes.Length - 1] == '\r')
        {
            bytes = bytes.Slice(0, bytes.Length - 1);
        }
        var text = Decode(bytes);
        return isRaw ? text : ControlCharacters.MakeVisible(text);
    }

    public object? ConvertRest(FileLine line, bool isJobFinished) => Convert(line);

    private static string Decode(ReadOnlyMemory<byte> bytes)
    {
#if NET
        return Encoding.UTF8.GetString(bytes.Span);
#else
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array);
        return array.Array is null ? "" : Encoding.UTF8.GetString(array.Array, array.Offset, array.Count);
#endif
    }
}
