using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Fireworks.DpoJobs.Emulator.Account;
using Fireworks.DpoJobs.Emulator.Filters;
using Fireworks.DpoJobs.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>A file and the tag of its present content. Like every object in a store, a file that has grown has another tag.</summary>
internal sealed record StoredFile(ResponseBody Body, string Tag);

/// <summary>How the files of jobs are made.</summary>
/// <param name="Lifetime">How many seconds of the account's clock a signed address is valid.</param>
/// <param name="LogSize">The number of bytes of the log of a job that has been trained completely.</param>
/// <param name="MetricSteps">The number of steps of a job that has been trained completely.</param>
internal sealed record FileSettings(
    uint Lifetime = 599,
    long LogSize = 4 * TrainerLog.BlockLength,
    int MetricSteps = 1000
)
{
    public static readonly FileSettings Default = new();
}

/// <summary>The metrics files and trainer logs of all accounts, and their signed addresses.</summary>
internal sealed class FileStore
{
    private readonly ConcurrentDictionary<string, (MadeUpAccount Account, Dialect Dialect)> _accounts = new();
    private readonly ConcurrentDictionary<(string JobId, FileKind Kind), byte[]> _contents = new();
    private readonly AddressSigner _signer = new();

    /// <summary>The address of the second port; null before the emulator listens.</summary>
    public Uri? Address { get; set; }

    public FileSettings Settings { get; set; } = FileSettings.Default;

    /// <summary>Serves the files of an account.</summary>
    public void Add(string name, MadeUpAccount account, Dialect dialect) => _accounts[name] = (account, dialect);

    /// <summary>Returns the signed address of a file.</summary>
    public string Sign(FileAddress file)
    {
        var now = _accounts[file.Account].Account.Clock.Now;
        return Address?.GetLeftPart(UriPartial.Authority) + file.Path + _signer.Sign(file.Path, now, Settings.Lifetime);
    }

    /// <summary>The signed address of the metrics of a job; empty while there are none.</summary>
    public string SignMetrics(string account, Job job)
    {
        var file = new FileAddress(account, job.Id, FileKind.Metrics);
        return
            job.Trained is not null
            || _contents.ContainsKey((job.Id, FileKind.Metrics))
            || _accounts[account].Dialect.HasFlag(Dialect.MissingMetrics)
            ? Sign(file)
            : "";
    }

    /// <summary>Finds the clock of the account of a file; null if there is no such account.</summary>
    public VirtualClock? FindClock(FileAddress file) =>
        _accounts.TryGetValue(file.Account, out var found) ? found.Account.Clock : null;

    public bool IsGenuine(HttpRequest request) => _signer.IsGenuine(request);

    /// <summary>Finds a file; null if there is none.</summary>
    public StoredFile? Find(FileAddress file)
    {
        if (
            !_accounts.TryGetValue(file.Account, out var found)
            || (file.Kind == FileKind.Metrics && found.Dialect.HasFlag(Dialect.MissingMetrics))
        )
        {
            return null;
        }

        if (_contents.TryGetValue((file.JobId, file.Kind), out var content))
        {
            return new StoredFile(
                ResponseBody.Of(content),
                Quote(Convert.ToHexStringLower(SHA256.HashData(content))[..16])
            );
        }

        return found.Account.Find(file.JobId) is { Trained: { } trained } job ? Generate(file, job, trained) : null;
    }

    /// <summary>Replaces a generated file with exact bytes.</summary>
    public void Put(string jobId, FileKind kind, byte[] content) => _contents[(jobId, kind)] = content;

    /// <summary>Appends bytes to a file of exact bytes, which is empty at first.</summary>
    public void Append(string jobId, FileKind kind, byte[] content) =>
        _contents.AddOrUpdate((jobId, kind), content, (_, old) => [.. old, .. content]);

    /// <summary>Returns to the generated file.</summary>
    public void Remove(string jobId, FileKind kind) => _contents.TryRemove((jobId, kind), out _);

    /// <summary>Returns to the generated files and the default settings.</summary>
    public void Restore()
    {
        _contents.Clear();
        Settings = FileSettings.Default;
    }

    private StoredFile? Generate(FileAddress file, Job job, double trained)
    {
        var settings = Settings;
        ResponseBody body;
        if (file.Kind == FileKind.Log)
        {
            body = new TrainerLog(job, settings).Slice(0, (long)(trained * settings.LogSize));
        }
        else
        {
            var isNested = _accounts[file.Account].Dialect.HasFlag(Dialect.NestedMetrics);
            body = ResponseBody.Of(new MetricsFile(job, settings.MetricSteps, isNested).Render(trained));
            if (body.Length == 0)
            {
                return null;
            }
        }

        var tag = string.Create(
            CultureInfo.InvariantCulture,
            $"{job.FileSeed:x}-{settings.LogSize:x}-{settings.MetricSteps:x}-{body.Length:x}"
        );
        return new StoredFile(body, Quote(tag));
    }

    private static string Quote(string tag) => "\"" + tag + "\"";
}
