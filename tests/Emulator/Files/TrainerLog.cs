using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Unicode;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Hosting;

namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>
/// The log of a trainer, of any size. It is generated while it is sent, in blocks that depend only on the job, the settings
/// and their position, so that any range can be sent.
/// </summary>
internal sealed class TrainerLog(Job job, FileSettings settings) : ResponseBody
{
    public const int BlockLength = 64 * 1024;

    // Longer than every line.
    private const int MaxLine = 256;
    private const int RunSeconds = 600;

    private static readonly byte[] Escapes =
        "\e[33mWARNING\e[0m] gradient norm \e[1m12.7\e[22m exceeds 10.0\n"u8.ToArray();
    private static readonly byte[] Nul = "INFO] worker 3 says \0 and \a\b\n"u8.ToArray();
    private static readonly byte[] InvalidUtf8 =
    [
        .. "DEBUG] sample: caf"u8,
        0xC3,
        (byte)' ',
        0xFF,
        0xFE,
        .. " end\n"u8,
    ];
    private static readonly byte[] Unicode = "INFO] sample: Größe, 丁寧な返答, \u202Eabc\u202C 🎉\n"u8.ToArray();
    private static readonly byte[] Trace =
        "ERROR] checkpoint upload failed, attempt 1 of 3\nTraceback (most recent call last):\n  File \"trainer.py\", line 212, in upload\nTimeoutError: timed out\n"u8.ToArray();

    /// <summary>The size of a complete log, rounded up to whole blocks.</summary>
    public override long Length => (settings.LogSize + BlockLength - 1) / BlockLength * BlockLength;

    public override async Task WriteAsync(Stream output, long start, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            while (count > 0)
            {
                var (block, offset) = Math.DivRem(start, BlockLength);
                Fill(buffer.AsSpan(0, BlockLength), block);
                var length = (int)Math.Min(count, BlockLength - offset);
                await output.WriteAsync(buffer.AsMemory((int)offset, length), cancellationToken);
                start += length;
                count -= length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Fill(Span<byte> block, long number)
    {
        var random = new SeededRandom(job.FileSeed + (ulong)number, 0);
        // The first 240 seconds pass before the training.
        var startOfDay = (job.CreateTime / Timestamp.PerSecond) + 240;
        var left = block;
        if (number == 0)
        {
            left = WriteTime(left, startOfDay);
            left = Append(left, Encoding.UTF8.GetBytes($"INFO] {job.Name}: the training begins\n"));
        }

        var progress = 0.0;
        for (var line = 0; left.Length > MaxLine; line++)
        {
            progress = (double)(((number + 1) * BlockLength) - left.Length) / settings.LogSize;
            if (line % 64 == 13)
            {
                left = WriteProgressBar(left, progress);
                continue;
            }

            left = WriteTime(left, startOfDay + (long)(progress * RunSeconds));
            left = (line % 64) switch
            {
                3 => Append(left, Escapes),
                7 => Append(left, Nul),
                21 => Append(left, InvalidUtf8),
                33 => Append(left, Unicode),
                47 => Append(left, Trace),
                _ => WriteStep(left, progress, random.Bits((Purpose)line), line % 16 == 5 ? "\r\n" : "\n"),
            };
        }

        // One more line fills the block.
        left = WriteTime(left, startOfDay + (long)(progress * RunSeconds));
        left = Append(left, "DEBUG] "u8);
        left.Fill((byte)'.');
        left[^1] = (byte)'\n';
    }

    private static Span<byte> WriteTime(Span<byte> left, long seconds)
    {
        var ofDay = seconds % (24 * 3600);
        Utf8.TryWrite(
            left,
            CultureInfo.InvariantCulture,
            $"{ofDay / 3600:D2}:{ofDay / 60 % 60:D2}:{ofDay % 60:D2} [",
            out var written
        );
        return left[written..];
    }

    private Span<byte> WriteStep(Span<byte> left, double progress, ulong bits, string lineBreak)
    {
        var step = Math.Min(settings.MetricSteps, 1 + (long)(progress * settings.MetricSteps));
        var loss = 0.35 + (0.34 * Math.Exp(-3 * progress)) + ((bits >> 40) % 500 / 10_000.0);
        Utf8.TryWrite(
            left,
            CultureInfo.InvariantCulture,
            $"INFO] step {step}/{settings.MetricSteps} loss={loss:F4} grad_norm={bits % 9_000 / 1_000.0:F3} tokens/s={8_000 + ((bits >> 20) % 2_000)}{lineBreak}",
            out var written
        );
        return left[written..];
    }

    /// <summary>A bar that a terminal overwrites: its states are separated by carriage returns.</summary>
    private static Span<byte> WriteProgressBar(Span<byte> left, double progress)
    {
        var percent = (int)(progress * 100);
        Utf8.TryWrite(
            left,
            CultureInfo.InvariantCulture,
            $"\rSaving: {percent}%|###       | 3/10\rSaving: {percent}%|######    | 6/10\rSaving: {percent}%|##########| 10/10\n",
            out var written
        );
        return left[written..];
    }

    private static Span<byte> Append(Span<byte> left, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(left);
        return left[bytes.Length..];
    }
}
