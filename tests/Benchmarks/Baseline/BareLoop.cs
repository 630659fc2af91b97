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
/// The baseline for the module: HttpClient and source-generated JSON in a loop, without retries, error messages, logging or
/// read-ahead.
/// </summary>
public static class BareLoop
{
    private static readonly HttpClient Client = new(
        new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, UseProxy = false }
    );

    /// <summary>Reads all jobs of a listing, page by page.</summary>
    /// <param name="address">The address of the listing, without a query.</param>
    /// <param name="key">The API key.</param>
    public static IEnumerable<BareJob> Read(Uri address, string key)
    {
        string? token = null;
        do
        {
            var page = ReadPage(address, key, token);
            foreach (var job in page.DpoJobs)
            {
                yield return job;
            }
            token = page.NextPageToken;
        } while (!string.IsNullOrEmpty(token));
    }

    /// <summary>Reads one page of 200 jobs.</summary>
    public static BarePage ReadPage(Uri address, string key, string? token = null) =>
        ReadPageAsync(new Uri($"{address}?pageSize=200&pageToken={token}"), key).GetAwaiter().GetResult();

    private static async Task<BarePage> ReadPageAsync(Uri address, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
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
