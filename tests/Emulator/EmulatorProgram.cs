using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.CommandLine;
using Fireworks.DpoJobs.Emulator.Har;
using Fireworks.DpoJobs.Emulator.Hosting;

namespace Fireworks.DpoJobs.Emulator;

/// <summary>The program from its arguments to its exit code.</summary>
/// <remarks>
/// A caller that starts it reads one line from its output, <c>Listening on http://127.0.0.1:port</c>, and nothing ever
/// follows it. Exit codes: 0 ended as asked, 1 could not listen, 2 the arguments or the files they name are wrong.
/// </remarks>
internal static class EmulatorProgram
{
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
            var options = CommandLineParser.Parse(args, DateTimeOffset.UtcNow);
            if (options is null)
            {
                await output.WriteLineAsync(HelpText.Text);
                return 0;
            }

            await ServeAsync(options, input, output, error, stop);
            return 0;
        }
        catch (Exception e) when (e is CommandLineException or HarFormatException)
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

    private static async Task ServeAsync(
        EmulatorOptions options,
        Stream input,
        TextWriter output,
        TextWriter error,
        CancellationToken stop
    )
    {
        // What goes wrong is always told; --log adds a line a request.
        var problems = TextWriter.Synchronized(error);
        await using var verb = VerbHandler.Create(options, problems);
        await using var server = await EmulatorServer.StartAsync(
            options.Port,
            verb.Handler,
            options.Log ? problems : TextWriter.Null,
            options.Faults
        );
        using var ends = new EndConditions(options, input, server.Stop, stop);

        await output.WriteLineAsync("Listening on " + server.Address.GetLeftPart(UriPartial.Authority));
        await output.FlushAsync(CancellationToken.None);
        await server.Stopped;
    }
}
