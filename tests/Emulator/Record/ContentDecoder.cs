using System.IO;
using System.IO.Compression;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>Decompresses a body, so that it can be looked through.</summary>
internal static class ContentDecoder
{
    /// <summary>The body as it was before it was compressed.</summary>
    /// <param name="body">The bytes on the wire.</param>
    /// <param name="encoding">The Content-Encoding; empty for none.</param>
    /// <exception cref="InvalidDataException">It cannot be decompressed.</exception>
    public static byte[] Decode(byte[] body, string encoding)
    {
        if (body.Length == 0)
        {
            return body;
        }
        using var compressed = new MemoryStream(body);
        switch (encoding.Trim().ToUpperInvariant())
        {
            case "" or "IDENTITY":
                return body;
            case "GZIP" or "X-GZIP":
                return ReadAll(new GZipStream(compressed, CompressionMode.Decompress));
            case "BR":
                return ReadAll(new BrotliStream(compressed, CompressionMode.Decompress));
            case "DEFLATE":
                return ReadAll(new ZLibStream(compressed, CompressionMode.Decompress));
            default:
                throw new InvalidDataException($"the content encoding '{encoding}' is not known");
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            using var result = new MemoryStream();
            stream.CopyTo(result);
            return result.ToArray();
        }
    }
}
