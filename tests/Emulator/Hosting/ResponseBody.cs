using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>Bytes to send, which can be more than fit into memory.</summary>
internal abstract class ResponseBody
{
    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Writes <paramref name="count"/> bytes, from the position <paramref name="start"/> on.</summary>
    public abstract Task WriteAsync(Stream output, long start, long count, CancellationToken cancellationToken);

    public static ResponseBody Of(ReadOnlyMemory<byte> bytes) => new Bytes(bytes);

    public ResponseBody Slice(long start, long count) => new Part(this, start, count);

    public ResponseBody Prepend(ResponseBody first) => new Pair(first, this);

    public async Task<byte[]> ToArrayAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await WriteAsync(buffer, 0, Length, cancellationToken);
        return buffer.ToArray();
    }

    private sealed class Bytes(ReadOnlyMemory<byte> bytes) : ResponseBody
    {
        public override long Length => bytes.Length;

        public override Task WriteAsync(Stream output, long start, long count, CancellationToken cancellationToken) =>
            output.WriteAsync(bytes.Slice((int)start, (int)count), cancellationToken).AsTask();
    }

    private sealed class Part(ResponseBody whole, long first, long length) : ResponseBody
    {
        public override long Length => length;

        public override Task WriteAsync(Stream output, long start, long count, CancellationToken cancellationToken) =>
            whole.WriteAsync(output, first + start, count, cancellationToken);
    }

    private sealed class Pair(ResponseBody first, ResponseBody second) : ResponseBody
    {
        public override long Length => first.Length + second.Length;

        public override async Task WriteAsync(
            Stream output,
            long start,
            long count,
            CancellationToken cancellationToken
        )
        {
            var inFirst = Math.Clamp(first.Length - start, 0, count);
            if (inFirst > 0)
            {
                await first.WriteAsync(output, start, inFirst, cancellationToken);
            }

            if (count > inFirst)
            {
                var next = start + inFirst - first.Length;
                await second.WriteAsync(output, next, count - inFirst, cancellationToken);
            }
        }
    }
}
