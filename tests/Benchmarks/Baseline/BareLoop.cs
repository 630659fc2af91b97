using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;

namespace Fireworks.DpoJobs.Benchmarks.Baseline;

/// <summary>
/// The baseline for the module: HttpClient and source-generated JSON in a loop that requests one page ahead, without retries,
/// error messages and logging.
/// </summary>
public static class BareLoop
{
    private static readonly HttpClient Client = new(
        new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, UseProxy = false }
    );

    /// <summary>Reads all jobs of a listing. The next page is read while the jobs of a page are processed.</summary>
    /// <param name="address">The address of the listing, without a query.</param>
    /// <param name="key">The API key.</param>
    public static IEnumerable<BareJob> Read(Uri address, string key)
    {
        var next = ReadPageAsync(address, key, token: null);
        while (next is not null)
        {
            var page = next.GetAwaiter().GetResult();
            next = string.IsNullOrEmpty(page.NextPageToken) ? null : ReadPageAsync(address, key, page.NextPageToken);
            foreach (var job in page.DpoJobs)
            {
                yield return job;
            }
        }
    }

    /// <summary>Reads one page of 200 jobs.</summary>
    public static BarePage ReadPage(Uri address, string key, string? token = null) =>
        ReadPageAsync(address, key, token).GetAwaiter().GetResult();

    private static async Task<BarePage> ReadPageAsync(Uri address, string key, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}?pageSize=200&pageToken={token}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await Client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead)
            .ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        return await ParseAsync(body).ConfigureAwait(false) ?? throw new JsonException("The page is null.");
    }

    /// <summary>Parses a page.</summary>
    public static ValueTask<BarePage?> ParseAsync(Stream body) =>
        JsonSerializer.DeserializeAsync(body, BareJsonContext.Default.BarePage);
}
