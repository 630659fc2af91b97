using System;
using System.Collections.Generic;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>Lets those headers through that are known to be harmless and of use, each without what looks like a secret.</summary>
internal static class HeaderScrubber
{
    private static readonly HashSet<string> OfRequest = new(
        ["accept", "accept-encoding", "accept-language", "content-type", "user-agent"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> OfResponse = new(
        ["content-type", "date", "location", "retry-after", "retry-after-ms", "x-request-id", "x-should-retry"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The headers of a request that may be kept. Of Authorization only that it was there.</summary>
    public static IReadOnlyList<HarPair> ScrubRequest(IEnumerable<HarPair> headers) =>
        [
            .. headers
                .Select(header =>
                    header.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase)
                        ? header with
                        {
                            Value = $"Bearer {TextScrubber.Redacted}",
                        }
                        : Keep(header, OfRequest)
                )
                .OfType<HarPair>(),
        ];

    /// <summary>The headers of an answer that may be kept.</summary>
    public static IReadOnlyList<HarPair> ScrubResponse(IEnumerable<HarPair> headers) =>
        [.. headers.Select(header => Keep(header, OfResponse)).OfType<HarPair>()];

    private static HarPair? Keep(HarPair header, HashSet<string> allowed) =>
        allowed.Contains(header.Name) ? header with { Value = TextScrubber.Scrub(header.Value) } : null;
}
