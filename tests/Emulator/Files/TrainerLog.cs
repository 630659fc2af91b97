using System;
using System.Buffers;
using System.Buffers.Text;
using System.IO;
using System.Text;
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
        var start = (job.CreateTime / Timestamp.PerSecond) + 240;
        var writer = new BlockWriter(block);
        if (number == 0)
        {
            writer.Time(start);
            writer.Text(Encoding.UTF8.GetBytes($"INFO] {job.Name}: the training begins\n"));
        }

        var progress = 0.0;
        for (var line = 0; writer.Left.Length > MaxLine; line++)
        {
            progress = (double)(((number + 1) * BlockLength) - writer.Left.Length) / settings.LogSize;
            if (line % 64 == 13)
            {
                WriteProgressBar(ref writer, progress);
            }
            else
            {
                writer.Time(start + (long)(progress * RunSeconds));
                WriteLine(ref writer, line, progress, random.Bits((Purpose)line));
            }
        }

        // One more line fills the block.
        writer.Time(start + (long)(progress * RunSeconds));
        writer.Text("DEBUG] "u8);
        writer.Left.Fill((byte)'.');
        block[^1] = (byte)'\n';
    }

    private void WriteLine(ref BlockWriter writer, int line, double progress, ulong bits)
    {
        var special = (line % 64) switch
        {
            3 => Escapes,
            7 => Nul,
            21 => InvalidUtf8,
            33 => Unicode,
            47 => Trace,
            _ => null,
        };
        if (special is not null)
        {
            writer.Text(special);
            return;
        }

        var loss = 0.35 + (0.34 * Math.Exp(-3 * progress)) + ((bits >> 40) % 500 / 10_000.0);
        writer.Text("INFO] step "u8);
        writer.Number(Math.Min(settings.MetricSteps, 1 + (long)(progress * settings.MetricSteps)));
        writer.Text("/"u8);
        writer.Number(settings.MetricSteps);
        writer.Text(" loss=0."u8);
        writer.Number((long)(loss * 10_000), digits: 4);
        writer.Text(" grad_norm="u8);
        writer.Number((long)(bits % 10));
        writer.Text("."u8);
        writer.Number((long)((bits >> 8) % 1000), digits: 3);
        writer.Text(" tokens/s="u8);
        writer.Number(8_000 + (long)((bits >> 20) % 2_000));
        writer.Text(line % 16 == 5 ? "\r\n"u8 : "\n"u8);
    }

    /// <summary>A bar that a terminal overwrites: its states are separated by carriage returns.</summary>
    private static void WriteProgressBar(ref BlockWriter writer, double progress)
    {
        for (var part = 1; part <= 3; part++)
        {
            writer.Text("\rSaving: "u8);
            writer.Number((long)(progress * 100));
            writer.Text("%|"u8);
            writer.Text("##########"u8[..(part * 3)]);
            writer.Text("| part "u8);
            writer.Number(part);
        }

        writer.Text("\n"u8);
    }

    /// <summary>Writes text into a block without allocating memory.</summary>
    private ref struct BlockWriter(Span<byte> block)
    {
        /// <summary>The part of the block that has not been written.</summary>
        public Span<byte> Left { get; private set; } = block;

        public void Text(ReadOnlySpan<byte> text)
        {
            text.CopyTo(Left);
            Left = Left[text.Length..];
        }

        public void Number(long number, byte digits = 1)
        {
            Utf8Formatter.TryFormat(number, Left, out var written, new StandardFormat('D', digits));
            Left = Left[written..];
        }

        /// <summary>Writes the time of day of a time in seconds since 1970, and the beginning of the level.</summary>
        public void Time(long seconds)
        {
            Number(seconds / 3600 % 24, digits: 2);
            Text(":"u8);
            Number(seconds / 60 % 60, digits: 2);
            Text(":"u8);
            Number(seconds % 60, digits: 2);
            Text(" ["u8);
        }
    }
}
