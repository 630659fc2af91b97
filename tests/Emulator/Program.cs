using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Hosting;
using Fireworks.DpoJobs.Emulator.Recordings;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator;

/// <summary>The entry point.</summary>
/// <remarks>
/// Once it listens, it writes one line to its output: <c>Listening on http://127.0.0.1:port</c>. If it serves an account, a
/// second line follows: <c>Files on http://127.0.0.1:port</c>. Exit codes: 0 ended as requested, 1 could not listen or write, 2 the arguments or a file that they name are invalid.
/// </remarks>
internal static class Program
{
    /// <summary>Runs until a signal, the end of its input or of its parent process, or cancellation.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        Stream input,
        TextWriter output,
        TextWriter error,
        CancellationToken stop
    )
    {
        try
        {
            if (args.Contains("--help"))
            {
                await output.WriteLineAsync(HelpText.Text);
                return 0;
            }

            var options = EmulatorOptions.Parse(args);
            // Failures are always written; --log adds one line per request.
            var log = TextWriter.Synchronized(error);
            var account = options.Command == EmulatorCommand.Emulate ? new DialectRoutes(options) : null;
            await using var server = await EmulatorServer.StartAsync(
                options.Port,
                account is null ? CreateHandler(options, log) : account.HandleAsync,
                options.Log ? log : TextWriter.Null,
                account?.Control,
                account?.Files,
                options.FilePort
            );
            using var end = new EndConditions(options, input, stop);
            var lines = "Listening on " + server.Address.GetLeftPart(UriPartial.Authority) + output.NewLine;
            if (server.FileAddress is { } files)
            {
                lines += "Files on " + files.GetLeftPart(UriPartial.Authority) + output.NewLine;
            }

            // In one piece, because some readers read only the first line.
            await output.WriteAsync(lines);
            await output.FlushAsync(CancellationToken.None);
            await end.Reached;
            return 0;
        }
        catch (InvalidInputException e)
        {
            await error.WriteLineAsync("emulator: " + e.Message);
            return 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync("emulator: " + e.Message);
            return 1;
        }
    }

    private static Task<int> Main(string[] args) =>
        RunAsync(args, Console.OpenStandardInput(), Console.Out, Console.Error, CancellationToken.None);

    private static RequestDelegate CreateHandler(EmulatorOptions options, TextWriter log) =>
        options.Command == EmulatorCommand.Replay
            ? ReplayHandler.Load(options.Recordings, log).HandleAsync
            : new RecordHandler(options.Upstream, options.OutFile, log).HandleAsync;
}
