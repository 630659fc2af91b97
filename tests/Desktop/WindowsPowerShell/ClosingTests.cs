using System;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Desktop.WindowsPowerShell;

/// <summary>
/// On .NET Framework the stream of an answer does not heed a token: closing it ends the read. Closing may wait there for
/// the rest of the answer, and may fail.
/// </summary>
public sealed class ClosingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_stop_closes_an_answer_that_heeds_no_token()
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        using var body = new DeafBody();
        test.Transport.Reply(HttpStatusCode.OK, body);
        var listing = test.ListAsync(stop.Token);
        await body.Asked.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Who_stops_does_not_wait_for_the_closing()
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        using var rest = new ManualResetEventSlim();
        using var body = new DeafBody { Closing = () => rest.Wait() };
        test.Transport.Reply(HttpStatusCode.OK, body);
        var listing = test.ListAsync(stop.Token);
        await body.Asked.Task;

        await Task.Run(stop.Cancel, TestContext.Current.CancellationToken)
            .WaitAsync(Soon, TestContext.Current.CancellationToken);
        rest.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Who_stops_does_not_hear_of_a_closing_that_fails()
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        using var body = new DeafBody { Closing = () => throw new WebException("The request was aborted.") };
        test.Transport.Reply(HttpStatusCode.OK, body);
        var listing = test.ListAsync(stop.Token);
        await body.Asked.Task;

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>Ends its read when it is closed, and not before.</summary>
    private sealed class DeafBody : MemoryStream
    {
        private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action? Closing { get; set; }

        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Asked.TrySetResult(true);
            return _end.Task;
        }

        protected override void Dispose(bool disposing)
        {
            var closing = Closing;
            Closing = null;
            try
            {
                closing?.Invoke();
            }
            finally
            {
                _end.TrySetException(new ObjectDisposedException(nameof(DeafBody)));
                base.Dispose(disposing);
            }
        }
    }
}
