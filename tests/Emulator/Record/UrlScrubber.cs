using System;
using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Har;
using Microsoft.AspNetCore.WebUtilities;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>Takes secrets out of a request's address. Parameters stay, since a replay tells requests apart by them.</summary>
internal static class UrlScrubber
{
    /// <summary>The address without secrets.</summary>
    public static string Scrub(Uri uri)
    {
        var path = string.Join('/', uri.AbsolutePath.Split('/').Select(ScrubPart));
        var query = string.Join(
            '&',
            ScrubQuery(uri).Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}")
        );
        var origin = uri.GetLeftPart(UriPartial.Authority);
        return query.Length == 0 ? origin + path : $"{origin}{path}?{query}";
    }

    /// <summary>The decoded query without secrets.</summary>
    public static IReadOnlyList<HarPair> ScrubQuery(Uri uri)
    {
        var pairs = new List<HarPair>();
        foreach (var pair in new QueryStringEnumerable(uri.Query))
        {
            var name = pair.DecodeName().ToString();
            var value = pair.DecodeValue().ToString();
            var scrubbed =
                SecretNames.Contains(name) && value.Length > 0 ? TextScrubber.Redacted : TextScrubber.Scrub(value);
            pairs.Add(new HarPair { Name = TextScrubber.Scrub(name), Value = scrubbed });
        }
        return pairs;
    }

    private static string ScrubPart(string part)
    {
        var text = Uri.UnescapeDataString(part);
        var scrubbed = TextScrubber.Scrub(text);
        return scrubbed == text ? part : Uri.EscapeDataString(scrubbed);
    }
}
