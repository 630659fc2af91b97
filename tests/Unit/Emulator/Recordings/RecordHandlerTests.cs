using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator;
using Fireworks.DpoJobs.Emulator.Hosting;
using Fireworks.DpoJobs.Emulator.Recordings;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Emulator.Recordings;

public sealed class RecordHandlerTests
{
    private const string Secrets =
        """{"createdBy":"canary@example.org","wandbConfig":{"apiKey":"canary-in-a-mine"},"trainerLogsSignedUrl":"https://h/canary?sig=1"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removes_secrets_from_the_recording_but_not_from_the_response()
    {
        await using var proxy = await Proxy.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Assert.Equal(Secrets, await reader.ReadToEndAsync(context.RequestAborted));
            Assert.Equal("Bearer fw_canary", context.Request.Headers.Authorization);
            Assert.Equal("?dpoJobId=fpk_canary", context.Request.QueryString.Value);
            context.Response.StatusCode = 201;
            context.Response.Headers["X-Request-Id"] = "id-1";
            context.Response.Headers["X-Canary"] = "canary";
            context.Response.Headers.SetCookie = "session=canary";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Secrets, context.RequestAborted);
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/accounts/acme/dpoJobs?dpoJobId=fpk_canary");
        request.Content = new StringContent(Secrets, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "fw_canary");
        request.Headers.Add("X-Api-Key", "canary");
        request.Headers.Add("Cookie", "canary=canary");
        request.Headers.UserAgent.ParseAdd("Fireworks.DpoJobs/1.0");

        using var response = await proxy.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Secrets, await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("canary", response.Headers.GetValues("X-Canary").Single());
        Assert.Equal("session=canary", response.Headers.GetValues("Set-Cookie").Single());

        Assert.DoesNotContain("canary", await proxy.ReadFileAsync(), StringComparison.OrdinalIgnoreCase);
        var entry = Assert.Single(proxy.ReadEntries());
        Assert.Equal(proxy.Upstream + "v1/accounts/acme/dpoJobs?dpoJobId=REDACTED", entry.Request.Url);
        Assert.Equal("Bearer REDACTED", Find(entry.Request.Headers, "authorization"));
        Assert.Equal("Fireworks.DpoJobs/1.0", Find(entry.Request.Headers, "user-agent"));
        Assert.Equal("application/json; charset=utf-8", entry.Request.PostData!.MimeType);
        Assert.Equal(201, entry.Response.Status);
        Assert.Equal("id-1", Find(entry.Response.Headers, "x-request-id"));
        const string Scrubbed =
            """{"createdBy":"someone@example.com","wandbConfig":{"apiKey":"REDACTED"},"trainerLogsSignedUrl":"REDACTED"}""";
        Assert.Equal(Scrubbed, entry.Request.PostData.Text);
        Assert.Equal(Scrubbed, entry.Response.Content.Text);
        Assert.Equal(Scrubbed.Length, entry.Response.Content.Size);
    }

    [Fact]
    public async Task Writes_a_complete_recording_after_each_response()
    {
        await using var proxy = await Proxy.StartAsync(context =>
            context.Response.WriteAsync("x", context.RequestAborted)
        );

        for (var count = 1; count <= 3; count++)
        {
            await proxy.Client.GetStringAsync($"/{count}", Cancelled);

            Assert.Equal(count, proxy.ReadEntries().Count);
            Assert.Equal([proxy.File], Directory.GetFiles(Path.GetDirectoryName(proxy.File)!));
        }
    }

    [Fact]
    public async Task Records_responses_uncompressed()
    {
        await using var proxy = await Proxy.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            using var buffer = new MemoryStream();
            await using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            {
                gzip.Write(Encoding.UTF8.GetBytes(Secrets));
            }
            await context.Response.Body.WriteAsync(buffer.ToArray(), context.RequestAborted);
        });

        Assert.Equal(Secrets, await proxy.Client.GetStringAsync("/x", Cancelled));

        var content = Assert.Single(proxy.ReadEntries()).Response.Content;
        Assert.Contains("\"apiKey\":\"REDACTED\"", content.Text!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Omits_a_body_with_an_unknown_compression_from_the_recording()
    {
        await using var proxy = await Proxy.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "canary";
            return context.Response.WriteAsync("fw_canary", context.RequestAborted);
        });

        Assert.Equal("fw_canary", await proxy.Client.GetStringAsync("/x", Cancelled));

        Assert.DoesNotContain("canary", await proxy.ReadFileAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", Assert.Single(proxy.ReadEntries()).Response.Content.Text);
    }

    [Fact]
    public async Task Records_a_redirect_without_following_it()
    {
        var requests = 0;
        await using var proxy = await Proxy.StartAsync(context =>
        {
            requests++;
            context.Response.Redirect("https://h.example/next?token=canary");
            return Task.CompletedTask;
        });

        using var response = await proxy.Client.GetAsync("/x", Cancelled);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("https://h.example/next?token=canary", response.Headers.Location?.OriginalString);
        Assert.Equal(1, requests);
        Assert.Equal("https://h.example/next", Assert.Single(proxy.ReadEntries()).Response.RedirectUrl);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sends_502_and_records_nothing_if_the_response_is_incomplete(bool begins)
    {
        await using var proxy = await Proxy.StartAsync(async context =>
        {
            if (begins)
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("half a response", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
            context.Abort();
        });

        using var response = await proxy.Client.GetAsync("/x", Cancelled);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"code\":14", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.StartsWith("no response from http://127.0.0.1", proxy.Log.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(proxy.File));
    }

    [Fact]
    public async Task Forwards_the_response_even_if_the_recording_cannot_be_written()
    {
        await using var proxy = await Proxy.StartAsync(context =>
            context.Response.WriteAsync("x", context.RequestAborted)
        );
        Directory.CreateDirectory(proxy.File);

        Assert.Equal("x", await proxy.Client.GetStringAsync("/x", Cancelled));

        Assert.Contains("not recorded: GET", proxy.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api.fireworks.ai")]
    [InlineData("ftp://localhost")]
    [InlineData("https://user:canary@api.fireworks.ai")]
    [InlineData("https://api.fireworks.ai/v1")]
    [InlineData("https://api.fireworks.ai/?a=b")]
    public void Rejects_an_invalid_upstream_address(string address) =>
        Assert.Throws<InvalidInputException>(() => Start(address));

    [Theory]
    [InlineData("https://api.fireworks.ai")]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://[::1]:8080")]
    public void Accepts_an_upstream_with_https_or_on_this_machine(string address) =>
        Assert.Null(Record.Exception(() => Start(address)));

    private static void Start(string address) =>
        new RecordHandler(new Uri(address), "never-written.har", TextWriter.Null).Dispose();

    private static string Find(IEnumerable<HarPair> headers, string name) =>
        headers.Single(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A client, the recorder and an upstream, joined by sockets.</summary>
    private sealed class Proxy : IAsyncDisposable
    {
        private readonly RecordingFolder _folder = new();
        private readonly EmulatorServer _upstream;
        private readonly RecordHandler _handler;
        private EmulatorServer? _server;

        private Proxy(EmulatorServer upstream)
        {
            _upstream = upstream;
            File = _folder.Combine("made", "by", "recorder.har");
            _handler = new RecordHandler(upstream.Address, File, Log);
        }

        public string File { get; }

        public StringWriter Log { get; } = new();

        public Uri Upstream => _upstream.Address;

        public HttpClient Client { get; private set; } = null!;

        public static async Task<Proxy> StartAsync(RequestDelegate upstream)
        {
            var proxy = new Proxy(await EmulatorServer.StartAsync(0, upstream, TextWriter.Null));
            proxy._server = await EmulatorServer.StartAsync(0, proxy._handler.HandleAsync, TextWriter.Null);
            proxy.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            {
                BaseAddress = proxy._server.Address,
            };
            return proxy;
        }

        public IReadOnlyList<HarEntry> ReadEntries() => HarLog.Read(File).Entries;

        public Task<string> ReadFileAsync() => System.IO.File.ReadAllTextAsync(File, Cancelled);

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _server!.DisposeAsync();
            await _upstream.DisposeAsync();
            _handler.Dispose();
            await Log.DisposeAsync();
            _folder.Dispose();
        }
    }
}
