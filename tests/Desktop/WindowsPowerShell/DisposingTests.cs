using System;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Xunit;

namespace Fireworks.DpoJobs.Desktop.WindowsPowerShell;

/// <summary>
/// On .NET Framework, the stream of a response ignores cancellation tokens, so a read is ended by disposing the response.
/// Disposing may wait for the rest of the response, and may throw.
/// </summary>
public sealed class DisposingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Cancellation_disposes_a_response_that_ignores_tokens()
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        using var body = new BlockingBody();
        test.Transport.Reply(HttpStatusCode.OK, body);
        var listing = test.ListAsync(stop.Token);
        await body.Requested.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Cancellation_does_not_wait_for_the_response_to_be_disposed()
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        using var rest = new ManualResetEventSlim();
        using var body = new BlockingBody { Disposing = () => rest.Wait() };
        test.Transport.Reply(HttpStatusCode.OK, body);
        var listing = test.ListAsync(stop.Token);
        await body.Requested.Task;

        await Task.Run(stop.Cancel, TestContext.Current.CancellationToken)
            .WaitAsync(Soon, TestContext.Current.CancellationToken);
        rest.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Cancellation_ignores_an_error_while_the_response_is_disposed()
    {
        using var test = new ClientUnderTest(timeout: TimeSpan.FromHours(1));
        using var stop = new CancellationTokenSource();
        using var body = new BlockingBody { Disposing = () => throw new WebException("The request was aborted.") };
        test.Transport.Reply(HttpStatusCode.OK, body);
        var listing = test.ListAsync(stop.Token);
        await body.Requested.Task;

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            listing.WaitAsync(Soon, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>A body whose reads block until it is disposed.</summary>
    private sealed class BlockingBody : MemoryStream
    {
        private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> Requested { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action? Disposing { get; set; }

        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Requested.TrySetResult(true);
            return _end.Task;
        }

        protected override void Dispose(bool disposing)
        {
            var closing = Disposing;
            Disposing = null;
            try
            {
                closing?.Invoke();
            }
            finally
            {
                _end.TrySetException(new ObjectDisposedException(nameof(BlockingBody)));
                base.Dispose(disposing);
            }
        }
    }
}
