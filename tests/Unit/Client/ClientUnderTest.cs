using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Client;

/// <summary>A client with a scripted transport, a fake clock and a log.</summary>
internal sealed class ClientUnderTest : IDisposable
{
    /// <summary>The API key. Nothing may show it.</summary>
    public const string Key = "fw_CanaryKey0123456789";

    private readonly HttpMessageInvoker _invoker;

    public ClientUnderTest(
        FakeClock? clock = null,
        TimeSpan? timeout = null,
        string baseUri = "https://api.fireworks.ai/"
    )
    {
        Clock = clock ?? new FakeClock();
        _invoker = new HttpMessageInvoker(Transport);
        Connection = new FwConnection(new Uri(baseUri), new ApiKey(Key, "the test"))
        {
            Timeout = timeout ?? FwConnection.DefaultTimeout,
        };
        Client = ClientFor(Connection);
    }

    public FakeTransport Transport { get; } = new();

    public FakeClock Clock { get; }

    public FakeLog Log { get; } = new();

    public FwConnection Connection { get; }

    public FireworksClient Client { get; }

    /// <summary>A client for another connection, with the same transport, clock and log.</summary>
    public FireworksClient ClientFor(FwConnection connection) => new(connection, Log, _invoker, Clock);

    /// <summary>Requests the first page of the account acme.</summary>
    public Task<DpoJobPage> ListAsync(CancellationToken? cancellationToken = null) =>
        ListAsync(new ListDpoJobsRequest("acme"), null, cancellationToken);

    /// <summary>Requests a page.</summary>
    public Task<DpoJobPage> ListAsync(
        ListDpoJobsRequest query,
        string? pageToken,
        CancellationToken? cancellationToken = null
    ) => Client.ListDpoJobsAsync(query, pageToken, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>Requests the job nightly-1 of the account acme.</summary>
    public Task<DpoJob> GetAsync(string? readMask = null) =>
        Client.GetDpoJobAsync(
            new ResourceName("acme", "dpoJobs", "nightly-1"),
            readMask,
            TestContext.Current.CancellationToken
        );

    /// <summary>Sends any request.</summary>
    public Task<T> SendAsync<T>(ApiRequest<T> request) =>
        Client.SendAsync(request, TestContext.Current.CancellationToken);

    public void Dispose() => _invoker.Dispose();
}
