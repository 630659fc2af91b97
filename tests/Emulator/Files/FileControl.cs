using System.IO;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>The calls with which a test changes and reads the files of jobs.</summary>
internal sealed class FileControl(FileServer server, MadeUpAccount account)
{
    private const int MaxMetricSteps = 1_000_000;

    private readonly FileStore _store = server.Store;

    public FileServer Server => server;

    /// <summary>Handles the calls below <c>/files</c>.</summary>
    /// <returns>Whether there is such a call.</returns>
    /// <exception cref="InvalidInputException">The body is invalid, or there is no such job.</exception>
    public async Task<bool> TryHandleAsync(HttpContext context, string call)
    {
        switch ((context.Request.Method, call.Split('/')))
        {
            case ("GET", ["", "files"]):
                break;
            case ("POST", ["", "files"]):
                await SetAsync(context);
                break;
            case ("GET", ["", "files", var id, var name]) when FindKind(name) is { } kind:
                await SendAsync(context, new FileAddress(FileAddress.Default, RequireJob(id), kind));
                return true;
            case ("POST", ["", "files", var id, var name]) when FindKind(name) is { } kind:
                _store.Put(RequireJob(id), kind, await ReadAsync(context));
                break;
            case ("POST", ["", "files", var id, var name, "append"]) when FindKind(name) is { } kind:
                _store.Append(RequireJob(id), kind, await ReadAsync(context));
                break;
            case ("DELETE", ["", "files", var id, var name]) when FindKind(name) is { } kind:
                _store.Remove(RequireJob(id), kind);
                break;
            default:
                return false;
        }

        await WriteStatusAsync(context);
        return true;
    }

    /// <summary>Clears the counts.</summary>
    public void Reset() => server.Reset();

    /// <summary>Returns to the generated files and the default settings.</summary>
    public void Restore() => _store.Restore();

    private async Task SetAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var change = ControlBody.Parse<FileChange>(await reader.ReadToEndAsync(context.RequestAborted));
        if (change.LogSize < 0)
        {
            throw new InvalidInputException("$.logSize is less than 0.");
        }

        if (change.MetricSteps is < 1 or > MaxMetricSteps)
        {
            throw new InvalidInputException($"$.metricSteps is not from 1 to {MaxMetricSteps}.");
        }

        var old = _store.Settings;
        _store.Settings = new FileSettings(
            change.Lifetime ?? old.Lifetime,
            change.LogSize ?? old.LogSize,
            change.MetricSteps ?? old.MetricSteps
        );
    }

    private Task WriteStatusAsync(HttpContext context)
    {
        var settings = _store.Settings;
        return JsonResponse.WriteAsync(
            context,
            200,
            new
            {
                address = _store.Address,
                settings.Lifetime,
                settings.LogSize,
                settings.MetricSteps,
                server.Requests,
                server.WithAuthorization,
            }
        );
    }

    private async Task SendAsync(HttpContext context, FileAddress address)
    {
        if (_store.Find(address) is not { } file)
        {
            await JsonResponse.WriteAsync(context, 404, new { error = "There is no such file." });
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Body.Length;
        await file.Body.WriteAsync(context.Response.Body, 0, file.Body.Length, context.RequestAborted);
    }

    private string RequireJob(string id) =>
        account.Find(id) is null ? throw new InvalidInputException($"There is no job '{id}'.") : id;

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static FileKind? FindKind(string name) =>
        name switch
        {
            "metrics" => FileKind.Metrics,
            "log" => FileKind.Log,
            _ => null,
        };

    private sealed record FileChange(uint? Lifetime = null, long? LogSize = null, int? MetricSteps = null);
}
