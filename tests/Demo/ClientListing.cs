using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Demo;

/// <summary>The same listing where PowerShell is not installed: the module's client, with the columns of its table view.</summary>
internal sealed class ClientListing : IClientLog
{
    private ClientListing() { }

    /// <summary>Lists the newest jobs and counts the failed ones.</summary>
    public static async Task ShowAsync(Uri address)
    {
        Console.WriteLine("PowerShell 7 (pwsh) is not on PATH: this is the module's client without its cmdlets.");
        Console.WriteLine("With PowerShell installed, the same command shows Get-FwDpoJob itself.");
        Console.WriteLine();

        var client = new FireworksClient(
            new FwConnection(address, ApiKey.Create("fw_demo", "the demo")),
            new ClientListing()
        );
        var account = await client.FindAccountIdAsync(CancellationToken.None);
        var newest = new ListDpoJobsRequest(account)
        {
            OrderBy = FieldList.ToOrderBy(["CreateTime desc"]),
            PageSize = 12,
        };
        var page = await client.ListDpoJobsAsync(newest, null, CancellationToken.None);

        WriteRow("Id", "DisplayName", "State", "Created", "Duration", "BaseModel", "Epochs");
        WriteRow("--", "-----------", "-----", "-------", "--------", "---------", "------");
        foreach (var job in page.Jobs)
        {
            WriteRow(
                ViewFormatter.FormatText(job.Id),
                ViewFormatter.FormatText(job.DisplayName),
                job.State is JobState.Unrecognized ? ViewFormatter.FormatText(job.StateText) : job.State?.ToString(),
                ViewFormatter.FormatTime(job.CreateTime),
                ViewFormatter.FormatElapsed(job.Duration, job.IsFinished, job.CreateTime, DateTimeOffset.Now),
                ViewFormatter.FormatShortName(job.TrainingConfig?.BaseModel),
                job.TrainingConfig?.Epochs
            );
        }

        var all = new ListDpoJobsRequest(account) { PageSize = ListDpoJobsRequest.MaximumPageSize };
        var pager = new SequentialPager(
            new PageReader(token => client.ListDpoJobsAsync(all, token, CancellationToken.None)),
            new JobLimiter()
        );
        var (jobs, failed) = (0, 0);
        while (pager.HasMore)
        {
            var jobsOfPage = (await pager.ReadPageAsync()).Jobs;
            jobs += jobsOfPage.Count;
            failed += jobsOfPage.Count(job => job.State == JobState.Failed);
        }
        Console.WriteLine();
        Console.WriteLine($"{jobs:N0} jobs in all, {failed:N0} of them failed.");
    }

    /// <inheritdoc/>
    public void Verbose(string message) { }

    /// <inheritdoc/>
    public void Warning(string message) => Console.WriteLine(message);

    /// <inheritdoc/>
    public void RetryWait(string message) => Console.WriteLine(message);

    /// <inheritdoc/>
    public void RetryOver() { }

    private static void WriteRow(params object?[] cells)
    {
        int[] widths = [28, 15, 14, 19, -9, 22, -6];
        Console.WriteLine(string.Join(' ', cells.Select((cell, column) => Fit($"{cell}", widths[column]))).TrimEnd());
    }

    private static string Fit(string text, int width)
    {
        var size = Math.Abs(width);
        var cut = text.Length > size ? text[..(size - 1)] + "…" : text;
        return width < 0 ? cut.PadLeft(size) : cut.PadRight(size);
    }
}
