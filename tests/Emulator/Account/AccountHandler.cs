using System;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.CommandLine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The API over a made-up account: authentication, routes, and the three calls.</summary>
internal sealed class AccountHandler
{
    private static readonly string[] GetParameters = ["readMask"];

    private readonly EmulateOptions _options;
    private readonly MadeUpAccount _account;
    private readonly JobIndex _index;
    private readonly PageCache? _pages;
    private long _requests;

    public AccountHandler(EmulateOptions options)
    {
        _options = options;
        _account = new MadeUpAccount(options.Account, options.Jobs, options.Seed, options.Now);
        _index = new JobIndex(_account);
        _pages = options.CachePages ? new PageCache() : null;
        WarmUp();
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, context.RequestAborted);
        }

        context.TraceIdentifier = NextRequestId();
        context.Response.Headers["x-request-id"] = context.TraceIdentifier;
        if (
            HttpMethods.IsGet(context.Request.Method)
            && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
        )
        {
            await ErrorBodies.WriteBodyRefusedAsync(context);
            return;
        }

        try
        {
            if (Authorize(context.Request))
            {
                await RouteAsync(context);
            }
            else
            {
                await ErrorBodies.WriteKeyRefusedAsync(context);
            }
        }
        catch (ApiException e)
        {
            await ErrorBodies.WriteAsync(context, e);
        }
    }

    /// <summary>Writes one page to nowhere, so that the first list is nearly as quick as the others.</summary>
    private void WarmUp()
    {
        var request = new ListRequest("", "", "", PageSize: 200, PageToken: "");
        using var nowhere = new PooledBuffer();
        using var writer = new Utf8JsonWriter(nowhere);
        JobPage.Write(writer, _account, _index.Select("", ""), offset: 0, request, FieldMask.All);
    }

    /// <summary>Shaped as a UUID but counted, so that two runs give the same ids.</summary>
    private string NextRequestId() =>
        "00000000-0000-4000-8000-" + Interlocked.Increment(ref _requests).ToString("x12", CultureInfo.InvariantCulture);

    /// <returns>False for a key that is not the account's.</returns>
    private bool Authorize(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        var key = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (key.Length == 0)
        {
            throw ApiException.Unauthenticated();
        }

        return _options.Key is null || _options.Key == key;
    }

    private Task RouteAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").Split('/');
        var isRoute = path switch
        {
            ["", "v1", "accounts"] => true,
            ["", "v1", "accounts", _, "dpoJobs"] => true,
            ["", "v1", "accounts", _, "dpoJobs", _] => true,
            _ => false,
        };
        if (!isRoute)
        {
            throw ApiException.NotFound("Not Found");
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            throw ApiException.Unimplemented();
        }

        if (path.Length == 3)
        {
            return ListAccountsAsync(context);
        }

        if (path[3] != _account.Id)
        {
            throw ApiException.NotFound($"account \"accounts/{path[3]}\" not found");
        }

        return path.Length == 5 ? ListJobsAsync(context) : GetJobAsync(context, path[5]);
    }

    private Task ListAccountsAsync(HttpContext context)
    {
        var request = ListRequest.Read(context.Request.Query);
        return request.PageToken.Length > 0
            ? throw ApiException.Invalid("invalid page token")
            : JsonReply.WriteAsync(
                context,
                _options.Compression,
                writer => AccountList.Write(writer, _account, _options.Now)
            );
    }

    private Task ListJobsAsync(HttpContext context)
    {
        var request = ListRequest.Read(context.Request.Query);
        var mask = FieldMask.Parse(JobFields.InList, request.ReadMask);
        var selected = _index.Select(request.Filter, request.OrderBy);
        var offset = PageToken.Read(request);
        void Write(Utf8JsonWriter writer) => JobPage.Write(writer, _account, selected, offset, request, mask);
        return _pages?.WriteAsync(context, _options.Compression, Write)
            ?? JsonReply.WriteAsync(context, _options.Compression, Write);
    }

    private Task GetJobAsync(HttpContext context, string id)
    {
        ListRequest.RefuseUnknown(context.Request.Query, GetParameters);
        var mask = FieldMask.Parse(JobFields.Alone, context.Request.Query["readMask"].ToString());
        var job =
            _account.Find(id) ?? throw ApiException.NotFound($"dpo job \"{_account.Name}/dpoJobs/{id}\" not found");
        return JsonReply.WriteAsync(
            context,
            _options.Compression,
            writer => JobWriter.Write(writer, job, JobFields.Alone, mask)
        );
    }
}
