using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.CommandLine;
using Fireworks.DpoJobs.Emulator.Record;
using Fireworks.DpoJobs.Emulator.Replay;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Hosting;

/// <summary>What answers the requests of one verb, and its end of life.</summary>
internal sealed class VerbHandler : IAsyncDisposable
{
    private readonly object _owner;

    private VerbHandler(object owner, RequestDelegate handler)
    {
        _owner = owner;
        Handler = handler;
    }

    public RequestDelegate Handler { get; }

    public static VerbHandler Create(EmulatorOptions options, TextWriter log)
    {
        switch (options)
        {
            case EmulateOptions emulate:
                var account = new AccountHandler(emulate);
                return new VerbHandler(account, account.HandleAsync);
            case ReplayOptions replay:
                var recordings = ReplayHandler.Load(replay.Recordings, log);
                return new VerbHandler(recordings, recordings.HandleAsync);
            case RecordOptions record:
                var recorder = CreateRecorder(record, log);
                return new VerbHandler(recorder, recorder.HandleAsync);
            default:
                throw new UnreachableException();
        }
    }

    private static RecordHandler CreateRecorder(RecordOptions options, TextWriter log)
    {
        try
        {
            return new RecordHandler(options.Upstream, options.OutFile, log);
        }
        catch (ArgumentException refused)
        {
            throw new CommandLineException(refused.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        switch (_owner)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync();
                break;
            case IDisposable synchronous:
                synchronous.Dispose();
                break;
        }
    }
}
