using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Unit.Client;
using Fireworks.DpoJobs.Unit.Lifecycle;

namespace Fireworks.DpoJobs.Unit.Downloads;

/// <summary>
/// The service and a storage service with one file, at signed addresses that can expire. It serves ranges, and connections can
/// break. The clock moves by each delay at once.
/// </summary>
internal sealed class FakeStorage : HttpMessageHandler
{
    public const string Signature = "CanarySignature";

    public static readonly ResourceName Name = new("acme", "dpoJobs", "nightly-1");

    private readonly HttpMessageInvoker _invoker;
    private int _issued;

    public FakeStorage(int maximumRetryCount = 2)
    {
        _invoker = new HttpMessageInvoker(this, disposeHandler: false);
        Client = new FireworksClient(
            new FwConnection(new Uri("https://api.fireworks.ai/"), new ApiKey(ClientUnderTest.Key, "the test"))
            {
                MaximumRetryCount = maximumRetryCount,
            },
            Log,
            _invoker,
            Clock
        );
    }

    public FireworksClient Client { get; }

    public FakeLog Log { get; } = new();

    public SteppingClock Clock { get; } = new();

    /// <summary>The file. Null when there is none.</summary>
    public byte[]? Content { get; set; }

    /// <summary>The file as text.</summary>
    public string Text
    {
        get => Encoding.UTF8.GetString(Content ?? []);
        set => Content = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>The entity tag of the file. Null for none.</summary>
    public string? Tag { get; set; }

    /// <summary>Whether ranges are served. Otherwise each response has the whole file.</summary>
    public bool ServesRanges { get; init; } = true;

    /// <summary>Whether the service sends an empty address while there is no file. Otherwise the address has no file.</summary>
    public bool SendsEmptyAddress { get; init; } = true;

    /// <summary>After how many bytes the next downloads break; null for one that does not.</summary>
    public Queue<int?> Breaks { get; } = new();

    /// <summary>The statuses with which the next downloads are rejected; null for none.</summary>
    public Queue<int?> Rejections { get; } = new();

    /// <summary>Addresses with a smaller number have expired.</summary>
    public int FirstValidAddress { get; set; }

    /// <summary>The states of the job, in the order in which they are requested. The last one remains.</summary>
    public Queue<string> States { get; } = new(["COMPLETED"]);

    /// <summary>The body with which requests for an address are rejected with 404. Null for none.</summary>
    public string? AddressError { get; init; }

    /// <summary>Called before a request with its description.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Changes the responses of the storage that have the file.</summary>
    public Action<HttpResponseMessage>? Alter { get; set; }

    /// <summary>The requests: <c>endpoint</c>, <c>job</c>, or <c>file 1 bytes=0-</c> with the number of the address.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The downloads among the requests.</summary>
    public IEnumerable<string> Downloads =>
        Requests.Where(request => request.StartsWith("file", StringComparison.Ordinal));

    public JobFile Metrics() => JobFile.Metrics(Client, Name);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = request.RequestUri!;
        if (uri.Host != "api.fireworks.ai")
        {
            return Task.FromResult(SendFile(request));
        }
        if (request.Headers.Authorization is null)
        {
            throw new InvalidOperationException("A call of the API has no key.");
        }
        if (uri.AbsolutePath.EndsWith(":getMetricsFileEndpoint", StringComparison.Ordinal))
        {
            Add("endpoint");
            if (AddressError is not null)
            {
                return Task.FromResult(
                    new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent(AddressError) }
                );
            }
            return Task.FromResult(Json($$"""{"signedUrl":"{{NextAddress()}}"}"""));
        }
        Add("job");
        var state = States.Count > 1 ? States.Dequeue() : States.Peek();
        return Task.FromResult(
            Json($$"""{"name":"{{Name}}","state":"JOB_STATE_{{state}}","trainerLogsSignedUrl":"{{NextAddress()}}"}""")
        );
    }

    protected override void Dispose(bool disposing)
    {
        _invoker.Dispose();
        base.Dispose(disposing);
    }

    private void Add(string request)
    {
        Before?.Invoke(request);
        Requests.Add(request);
    }

    private string NextAddress() =>
        Content is null && SendsEmptyAddress ? "" : $"https://storage.example/{++_issued}?X-Goog-Signature={Signature}";

    private static HttpResponseMessage Json(string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private HttpResponseMessage SendFile(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is not null)
        {
            throw new InvalidOperationException("The key was sent to the storage.");
        }
        var number = int.Parse(request.RequestUri!.AbsolutePath[1..], CultureInfo.InvariantCulture);
        var range = request.Headers.Range;
        Add($"file {number}" + (range is null ? "" : $" {range}"));
        if (number < FirstValidAddress)
        {
            return new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("expired") };
        }
        if (Rejections.Count > 0 && Rejections.Dequeue() is { } status)
        {
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("rejected") };
        }
        if (Content is not { } content)
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("NoSuchKey") };
        }
        var isSame = request.Headers.IfRange?.EntityTag?.ToString() is not { } tag || tag == Tag;
        var part = range is not null && ServesRanges && isSame ? range.Ranges.Single() : null;
        var first = part is null ? 0 : part.From ?? Math.Max(0, content.Length - part.To!.Value);
        if (part is not null && first >= content.Length)
        {
            return new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable);
        }
        var bytes = first == 0 ? content : content.AsSpan((int)first).ToArray();
        var breaksAfter = Breaks.Count > 0 ? Breaks.Dequeue() : null;
        var body = breaksAfter is { } length
            ? new FakeBody(Encoding.UTF8.GetString(bytes, 0, length)) { Failure = new IOException() }
            : (Stream)new MemoryStream(bytes);
        var response = new HttpResponseMessage(part is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            Content = new StreamContent(body),
        };
        response.Content.Headers.ContentLength = bytes.Length;
        if (part is not null)
        {
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(
                first,
                content.Length - 1,
                content.Length
            );
        }
        if (Tag is not null)
        {
            response.Headers.ETag = EntityTagHeaderValue.Parse(Tag);
        }
        Alter?.Invoke(response);
        return response;
    }
}
