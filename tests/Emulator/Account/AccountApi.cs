using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Files;
using Fireworks.DpoJobs.Emulator.Filters;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The API of a made-up account: authentication, routes, and one method per call.</summary>
internal sealed class AccountApi
{
    private readonly ConcurrentDictionary<(string Query, bool Compress), byte[]> _pages = new();
    private readonly EmulatorOptions _options;
    private readonly MadeUpAccount _account;
    private readonly JobIndex _index;
    private readonly FileStore _files;
    private readonly string _name;
    private readonly Field _schema;
    private long _requests;

    /// <param name="options">How the account behaves.</param>
    /// <param name="files">The files of its jobs; null if they are not served.</param>
    /// <param name="name">The name of the account among those of the files.</param>
    /// <param name="account">The account if it exists already; null to make it up.</param>
    public AccountApi(
        EmulatorOptions options,
        FileStore? files = null,
        string name = FileAddress.Default,
        MadeUpAccount? account = null
    )
    {
        _options = options;
        _files = files ?? new FileStore();
        _name = name;
        _account = account ?? MakeUp();
        _files.Add(name, _account, options.Dialect);
        _schema = options.Dialect.HasFlag(Dialect.NoTrainerLogs) ? JobSchema.InList : JobSchema.Single;
        _index = new JobIndex(_account, options.Dialect);
        // Compiles the code, so that the first list is nearly as fast as the others.
        _ = RenderPage(200);
    }

    public MadeUpAccount Account => _account;

    public async Task HandleAsync(HttpContext context)
    {
        _account.Clock.CountRequest();
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, context.RequestAborted);
        }

        // Has the form of a UUID, but is a counter, so that two runs send the same ids.
        var number = Interlocked.Increment(ref _requests).ToString("x12", CultureInfo.InvariantCulture);
        context.TraceIdentifier = "00000000-0000-4000-8000-" + number;
        context.Response.Headers["x-request-id"] = context.TraceIdentifier;
        try
        {
            RejectBodyOfGet(context);
            Authenticate(context.Request);
            await RouteAsync(context);
        }
        catch (ApiException e)
        {
            await e.WriteAsync(context);
        }
    }

    /// <summary>The first page of all jobs.</summary>
    public byte[] RenderPage(int pageSize) =>
        RenderPage(new ListRequest("", "", "", pageSize, ""), FieldMask.All, _index.Select("", ""), 0, compress: false);

    private Task RouteAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").Split('/');
        if (path is not (["", "v1", "accounts"] or ["", "v1", "accounts", _, "dpoJobs", ..] and { Length: <= 6 }))
        {
            throw ApiException.NotFound("Not Found");
        }

        if (path.Length > 3 && path[3] != MadeUpAccount.Id)
        {
            throw ApiException.NotFound($"account \"accounts/{path[3]}\" not found");
        }

        return (context.Request.Method, path[3..]) switch
        {
            ("GET", []) => ListAccountsAsync(context),
            ("GET", [_, _]) => ListJobsAsync(context),
            ("POST", [_, _]) => CreateJobAsync(context),
            ("GET", [_, _, var call]) when call.Split(':') is [var id, "getMetricsFileEndpoint"] => GetMetricsFileAsync(
                context,
                id
            ),
            ("GET", [_, _, var id]) => GetJobAsync(context, id),
            ("DELETE", [_, _, var id]) => DeleteJobAsync(context, id),
            ("POST", [_, _, var call]) when call.Split(':') is [var id, "cancel"] => CancelJobAsync(context, id),
            ("POST", [_, _, var call]) when call.Split(':') is [var id, "resume"] => ResumeJobAsync(context, id),
            _ => throw ApiException.Unimplemented(),
        };
    }

    private MadeUpAccount MakeUp() =>
        new(_options.Jobs, _options.Seed, _options.Now, _options.TransitionSeconds)
        {
            TimeUnit = _options.Dialect.TimeUnit(),
            ShownTimeUnit = _options.Dialect.HasFlag(Dialect.HiddenDigits) ? Timestamp.PerSecond : 1,
            SignLog = job => _files.Sign(new FileAddress(_name, job.Id, FileKind.Log)),
        };

    private Task ListAccountsAsync(HttpContext context)
    {
        var request = ListRequest.Read(context.Request.Query);
        if (request.PageToken.Length > 0)
        {
            throw ApiException.Invalid("invalid page token");
        }

        // Only the name is known, from the service's SDK; the other fields are assumptions.
        var account = new
        {
            createTime = Timestamp.Format(Timestamp.From(_options.Now.AddYears(-1))),
            displayName = "",
            email = "owner@example.com",
            name = MadeUpAccount.Name,
            state = "READY",
        };
        return JsonResponse.WriteAsync(
            context,
            200,
            new
            {
                accounts = new[] { account },
                nextPageToken = "",
                totalSize = 1,
            }
        );
    }

    private Task ListJobsAsync(HttpContext context)
    {
        var request = ListRequest.Read(context.Request.Query);
        if (_options.Dialect.HasFlag(Dialect.IgnoredParameters))
        {
            request = request with { OrderBy = "", ReadMask = "", IncludeArchived = false };
        }

        var mask = FieldMask.Parse(JobSchema.InList, request.ReadMask);
        var selected = _index.Select(request.Filter, request.OrderBy, request.IncludeArchived);
        var offset = _options.PageNumbers ? request.ReadPageNumber() : request.ReadOffset();
        var query = $"{_account.Version} {context.Request.QueryString}";
        return JsonResponse.WriteAsync(
            context,
            compress =>
                _options.CachePages
                    ? _pages.GetOrAdd(
                        (query, compress),
                        key => RenderPage(request, mask, selected, offset, key.Compress)
                    )
                    : RenderPage(request, mask, selected, offset, compress)
        );
    }

    private byte[] RenderPage(ListRequest request, FieldMask mask, int[] selected, int offset, bool compress)
    {
        var end = (int)Math.Min((long)offset + request.PageSize, selected.Length);
        return JsonResponse.Render(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("dpoJobs");
                for (var i = offset; i < end; i++)
                {
                    JobSchema.InList.Write(writer, _account[selected[i]], mask);
                }

                writer.WriteEndArray();
                var token = _options.PageNumbers ? request.CreatePageNumber(end) : request.CreateToken(end);
                writer.WriteString("nextPageToken", end < selected.Length ? token : "");
                if (!_options.OmitTotal)
                {
                    writer.WriteNumber("totalSize", selected.Length);
                }

                writer.WriteEndObject();
            },
            compress
        );
    }

    private async Task CreateJobAsync(HttpContext context)
    {
        ListRequest.RejectUnknown(context.Request.Query, "dpoJobId");
        var id = context.Request.Query["dpoJobId"].ToString();
        if (id.Length == 0)
        {
            id = Guid.NewGuid().ToString("n")[..16];
        }

        if (!JobCreation.IsId(id))
        {
            throw ApiException.Invalid($"invalid dpo_job_id \"{id}\"");
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var values = JobCreation.Read(id, body.ToArray());
        if (_account.Find(id) is null && _options.TrainingQuota is { } quota)
        {
            RequireQuota(quota);
        }

        var job =
            _account.Create(id, values)
            ?? throw ApiException.AlreadyExists($"dpo job \"{MadeUpAccount.Name}/dpoJobs/{id}\" already exists");
        await JsonResponse.WriteAsync(
            context,
            compress => JsonResponse.Render(writer => _schema.Write(writer, job, FieldMask.All), compress)
        );
    }

    private void RequireQuota(int quota)
    {
        var active = _account.CreatedJobs.Count(job =>
            !job.IsFinished && job.State is not (Lifecycle.Deleting or Lifecycle.Deleted)
        );
        if (active >= quota)
        {
            throw ApiException.QuotaExceeded($"training quota exceeded: {active} of {quota} DPO jobs are active");
        }
    }

    private Task DeleteJobAsync(HttpContext context, string id)
    {
        ListRequest.RejectUnknown(context.Request.Query);
        _account.Lifecycle.Delete(FindJob(id));
        return JsonResponse.WriteAsync(context, 200, new { });
    }

    private async Task CancelJobAsync(HttpContext context, string id)
    {
        await RequireEmptyObjectAsync(context);
        _account.Lifecycle.Cancel(FindJob(id));
        await JsonResponse.WriteAsync(context, 200, new { });
    }

    private async Task ResumeJobAsync(HttpContext context, string id)
    {
        await RequireEmptyObjectAsync(context);
        var job = FindJob(id);
        _account.Lifecycle.Resume(job);
        await JsonResponse.WriteAsync(
            context,
            compress => JsonResponse.Render(writer => _schema.Write(writer, job, FieldMask.All), compress)
        );
    }

    /// <summary>Custom methods without parameters require the body <c>{}</c>.</summary>
    private static async Task RequireEmptyObjectAsync(HttpContext context)
    {
        ListRequest.RejectUnknown(context.Request.Query);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        try
        {
            using var json = JsonDocument.Parse(body.ToArray());
            if (json.RootElement.ValueKind == JsonValueKind.Object && !json.RootElement.EnumerateObject().Any())
            {
                return;
            }
        }
        catch (JsonException)
        {
            // An empty body is not JSON either.
        }

        throw ApiException.Invalid("the body must be {}");
    }

    private Task GetMetricsFileAsync(HttpContext context, string id)
    {
        ListRequest.RejectUnknown(context.Request.Query);
        return JsonResponse.WriteAsync(context, 200, new { signedUrl = _files.SignMetrics(_name, FindJob(id)) });
    }

    private Job FindJob(string id) =>
        _account.Find(id) ?? throw ApiException.NotFound($"dpo job \"{MadeUpAccount.Name}/dpoJobs/{id}\" not found");

    private Task GetJobAsync(HttpContext context, string id)
    {
        ListRequest.RejectUnknown(context.Request.Query, "readMask");
        var mask = FieldMask.Parse(_schema, context.Request.Query["readMask"].ToString());
        var job = FindJob(id);
        return JsonResponse.WriteAsync(
            context,
            compress => JsonResponse.Render(writer => _schema.Write(writer, job, mask), compress)
        );
    }

    /// <summary>The service's front end rejects a GET that has a body.</summary>
    private static void RejectBodyOfGet(HttpContext context)
    {
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (hasBody && HttpMethods.IsGet(context.Request.Method))
        {
            throw ApiException.Invalid("a GET must not have a body");
        }
    }

    private void Authenticate(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        var key = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (key.Length == 0)
        {
            throw ApiException.Unauthenticated();
        }

        if (_options.Key is not null && _options.Key != key)
        {
            throw ApiException.InvalidKey();
        }
    }
}
