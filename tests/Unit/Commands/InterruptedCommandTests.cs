using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Emulator;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Commands;

/// <summary>A user who stops a command reads what it may have done, although a stopped cmdlet can no longer write.</summary>
public sealed class InterruptedCommandTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reports_the_job_that_was_being_created()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 0);
        await emulator.PostAsync(
            "/_emulator/faults",
            """{"rules":[{"method":"POST","stall":"headers","afterEffect":true}]}""",
            Stop
        );
        var host = new RecordingHost();
        using var shell = CreateShell(host);
        shell
            .AddCommand("New-FwDpoJob")
            .AddParameter("Id", "tone-1")
            .AddParameter("Dataset", "d")
            .AddParameter("BaseModel", "accounts/a/models/m")
            .AddParameter("AccountId", "acme")
            .AddParameter(
                "Connection",
                new FwConnection(emulator.Client.BaseAddress!, new ApiKey("fw_test", "the test"))
            );

        var running = shell.BeginInvoke();
        while ((await emulator.NamesAsync("", Stop)).Count == 0)
        {
            await Task.Yield();
        }
        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.StartsWith(
            "Stopped while the job 'tone-1' was being created. It may exist: Get-FwDpoJob tone-1 shows it.",
            Assert.Single(host.Warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Reports_nothing_when_no_job_was_being_created()
    {
        var host = new RecordingHost();
        using var shell = CreateShell(host);
        shell.AddCommand("New-FwDpoJob").AddParameter("Dataset", "d").AddParameter("AccountId", "acme");
        shell.AddParameter(
            "Connection",
            new FwConnection(new Uri("http://127.0.0.1:9/"), new ApiKey("fw_test", "the test"))
        );

        Assert.Throws<CmdletInvocationException>(() => shell.Invoke());
        shell.Stop();

        Assert.Empty(host.Warnings);
    }

    [Fact]
    public async Task Reports_the_jobs_whose_removal_was_not_confirmed()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 3);
        var names = await emulator.NamesAsync("", Stop);
        await emulator.PostAsync(
            "/_emulator/faults",
            """{"rules":[{"method":"DELETE","stall":"headers","afterEffect":true}]}""",
            Stop
        );
        var host = new RecordingHost();
        using var shell = CreateShell(host);
        shell
            .AddCommand("Remove-FwDpoJob")
            .AddParameter("Id", names)
            .AddParameter("Force")
            .AddParameter("ThrottleLimit", 2)
            .AddParameter(
                "Connection",
                new FwConnection(emulator.Client.BaseAddress!, new ApiKey("fw_test", "the test"))
            );

        var running = shell.BeginInvoke();
        while ((await emulator.NamesAsync("", Stop)).Count > 1)
        {
            await Task.Yield();
        }
        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Equal(
            $"The command ended before these requests were confirmed, so they may have been carried out: {names[0]}, {names[1]}.",
            Assert.Single(host.Warnings)
        );
    }

    [Fact]
    public async Task Reports_no_removal_that_was_confirmed()
    {
        await using var emulator = await RunningEmulator.StartAsync(jobs: 1);
        var host = new RecordingHost();
        using var shell = CreateShell(host);
        shell
            .AddCommand("Remove-FwDpoJob")
            .AddParameter("Id", await emulator.NamesAsync("", Stop))
            .AddParameter("Force")
            .AddParameter(
                "Connection",
                new FwConnection(emulator.Client.BaseAddress!, new ApiKey("fw_test", "the test"))
            );

        shell.Invoke();

        Assert.Empty(await emulator.NamesAsync("", Stop));
        Assert.Empty(host.Warnings);
    }

    private static PowerShell CreateShell(PSHost host)
    {
        var session = InitialSessionState.Create();
        session.Commands.Add(new SessionStateCmdletEntry("New-FwDpoJob", typeof(NewFwDpoJobCommand), null));
        session.Commands.Add(new SessionStateCmdletEntry("Remove-FwDpoJob", typeof(RemoveFwDpoJobCommand), null));
        var runspace = RunspaceFactory.CreateRunspace(host, session);
        runspace.Open();
        var shell = PowerShell.Create();
        shell.Runspace = runspace;
        return shell;
    }

    /// <summary>A host that keeps the warnings that are written to it directly.</summary>
    private sealed class RecordingHost : PSHost
    {
        private readonly RecordingInterface _interface = new();

        public ConcurrentQueue<string> Warnings => _interface.Warnings;

        public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

        public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

        public override Guid InstanceId { get; } = Guid.NewGuid();

        public override string Name => "test";

        public override Version Version { get; } = new(1, 0);

        public override PSHostUserInterface UI => _interface;

        public override void EnterNestedPrompt() => throw new NotSupportedException();

        public override void ExitNestedPrompt() => throw new NotSupportedException();

        public override void NotifyBeginApplication() { }

        public override void NotifyEndApplication() { }

        public override void SetShouldExit(int exitCode) { }
    }

    private sealed class RecordingInterface : PSHostUserInterface
    {
        public ConcurrentQueue<string> Warnings { get; } = new();

        public override PSHostRawUserInterface RawUI => null!;

        public override void WriteWarningLine(string message) => Warnings.Enqueue(message);

        public override Dictionary<string, PSObject> Prompt(
            string caption,
            string message,
            Collection<FieldDescription> descriptions
        ) => throw new NotSupportedException();

        public override int PromptForChoice(
            string caption,
            string message,
            Collection<ChoiceDescription> choices,
            int defaultChoice
        ) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName
        ) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName,
            PSCredentialTypes allowedCredentialTypes,
            PSCredentialUIOptions options
        ) => throw new NotSupportedException();

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override void Write(string value) { }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { }

        public override void WriteDebugLine(string message) { }

        public override void WriteErrorLine(string value) { }

        public override void WriteLine(string value) { }

        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        public override void WriteVerboseLine(string message) { }
    }
}
