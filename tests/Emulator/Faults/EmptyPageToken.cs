using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Faults;

/// <summary>
/// The tokens of empty pages: each holds the token of the page that was asked for, so they stay good when the schedule
/// is replaced.
/// </summary>
internal static class EmptyPageToken
{
    private const string Prefix = "after-empty-";

    private static int s_count;

    /// <summary>A token that never was before, for the page of this token.</summary>
    public static string Create(string token) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Interlocked.Increment(ref s_count)}~{token}");

    /// <summary>Puts the real token into a request for the page after an empty one.</summary>
    public static void Restore(HttpRequest request)
    {
        var token = request.Query[PageFault.TokenParameter].ToString();
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return;
        }

        var original = token[(token.IndexOf('~', StringComparison.Ordinal) + 1)..];
        request.QueryString = QueryString.Create(
            request.Query.SelectMany(pair =>
                pair.Value.Select(value =>
                    KeyValuePair.Create(pair.Key, pair.Key == PageFault.TokenParameter ? original : value)
                )
            )
        );
    }
}
