using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Emulator.Record;

/// <summary>Makes an exchange an entry that may be kept: nothing passes but through one of the scrubbers.</summary>
internal static class ExchangeScrubber
{
    /// <summary>The entry, without secrets.</summary>
    /// <exception cref="InvalidDataException">A body cannot be looked through.</exception>
    public static HarEntry Scrub(Exchange exchange) =>
        new()
        {
            StartedDateTime = exchange.Started,
            Time = Milliseconds(exchange),
            Request = ScrubRequest(exchange),
            Response = ScrubResponse(exchange),
            Timings = new HarTimings { Wait = Milliseconds(exchange) },
        };

    private static double Milliseconds(Exchange exchange) => Math.Round(exchange.Duration.TotalMilliseconds, 1);

    private static HarRequest ScrubRequest(Exchange exchange)
    {
        var headers = HeaderScrubber.ScrubRequest(exchange.RequestHeaders);
        var uri = new Uri(KeyScrubber.For(exchange).Scrub(exchange.Uri.AbsoluteUri));
        return new HarRequest
        {
            Method = exchange.Method,
            Url = UrlScrubber.Scrub(uri),
            HttpVersion = $"HTTP/{exchange.HttpVersion}",
            Headers = headers,
            QueryString = UrlScrubber.ScrubQuery(uri),
            PostData = exchange.RequestBody.Length == 0 ? null : ScrubPostData(exchange, headers),
            BodySize = exchange.RequestBody.Length,
        };
    }

    private static HarPostData ScrubPostData(Exchange exchange, IReadOnlyList<HarPair> headers)
    {
        var body = BodyScrubber.Scrub(Decode(exchange.RequestBody, exchange.RequestHeaders));
        return new HarPostData
        {
            MimeType = Find(headers, "content-type"),
            Text = body.Text,
            // The format has no base64 for requests.
            Comment = body.IsBase64 ? "The text is base64." : body.Comment,
        };
    }

    private static HarResponse ScrubResponse(Exchange exchange)
    {
        var key = KeyScrubber.For(exchange);
        var headers = HeaderScrubber.ScrubResponse(exchange.ResponseHeaders.Select(key.Scrub));
        var body = BodyScrubber.Scrub(key.Scrub(Decode(exchange.ResponseBody, exchange.ResponseHeaders)));
        return new HarResponse
        {
            Status = exchange.Status,
            StatusText = TextScrubber.Scrub(key.Scrub(exchange.Reason)),
            HttpVersion = $"HTTP/{exchange.HttpVersion}",
            Headers = headers,
            Content = new HarContent
            {
                Size = body.Size,
                MimeType = Find(headers, "content-type"),
                Text = body.Text,
                Encoding = body.IsBase64 ? "base64" : null,
                Comment = body.Comment,
            },
            RedirectUrl = Find(headers, "location"),
            BodySize = exchange.ResponseBody.Length,
        };
    }

    private static byte[] Decode(byte[] body, IReadOnlyList<HarPair> headers) =>
        ContentDecoder.Decode(body, Find(headers, "content-encoding"));

    private static string Find(IReadOnlyList<HarPair> headers, string name) =>
        string.Join(
            ", ",
            headers
                .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(header => header.Value)
        );
}
