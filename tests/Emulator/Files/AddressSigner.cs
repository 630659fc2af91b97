using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fireworks.DpoJobs.Emulator.Account;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Files;

/// <summary>Signs addresses in the form of Google Cloud Storage. Each emulator has a random key.</summary>
internal sealed class AddressSigner
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const string SignatureParameter = "&X-Goog-Signature=";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Returns the query of a signed address.</summary>
    /// <param name="path">The path.</param>
    /// <param name="now">The time in the account, in nanoseconds since 1970.</param>
    /// <param name="lifetime">How many seconds the address is valid.</param>
    public string Sign(string path, long now, uint lifetime)
    {
        var time = DateTimeOffset
            .FromUnixTimeSeconds(now / Timestamp.PerSecond)
            .ToString(TimeFormat, CultureInfo.InvariantCulture);
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=trainer%2F{time[..8]}%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date={time}&X-Goog-Expires={lifetime}&X-Goog-SignedHeaders=host"
        );
        return query + SignatureParameter + Compute(path, query);
    }

    /// <summary>Whether the address was signed by this emulator and not changed since.</summary>
    public bool IsGenuine(HttpRequest request)
    {
        var query = request.QueryString.Value ?? "";
        var at = query.LastIndexOf(SignatureParameter, StringComparison.Ordinal);
        return at >= 0
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(query[(at + SignatureParameter.Length)..]),
                Encoding.UTF8.GetBytes(Compute(request.Path.Value ?? "", query[..at]))
            );
    }

    /// <summary>Whether a genuine address has expired at a time, in nanoseconds since 1970.</summary>
    public static bool IsExpired(HttpRequest request, long now)
    {
        var signed = DateTimeOffset.ParseExact(
            request.Query["X-Goog-Date"].ToString(),
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );
        var lifetime = long.Parse(request.Query["X-Goog-Expires"].ToString(), CultureInfo.InvariantCulture);
        return now / Timestamp.PerSecond >= signed.ToUnixTimeSeconds() + lifetime;
    }

    private string Compute(string path, string query) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes("GET\n" + path + "\n" + query)));
}
