using System;
using Fireworks.DpoJobs.Emulator.Har;

namespace Fireworks.DpoJobs.Emulator.Replay;

/// <summary>One entry of a recording, ready for replay.</summary>
internal sealed class ReplayEntry
{
    /// <summary>Takes over an entry.</summary>
    /// <param name="file">The name of the file it is from.</param>
    /// <param name="index">Its place there, from 0.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="HarFormatException">It cannot be replayed.</exception>
    public ReplayEntry(string file, int index, HarEntry entry)
    {
        Name = $"{file} entry {index + 1}";
        Line =
            Uri.TryCreate(entry.Request.Url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
                ? RequestLine.From(entry.Request.Method, uri)
                : throw Malformed("request.url", "an absolute http or https address was expected");
        Answer = new ReplayAnswer(entry.Response, (place, problem) => Malformed($"response.{place}", problem));

        HarFormatException Malformed(string place, string problem) =>
            new(file, $"log.entries[{index}].{place}", problem);
    }

    /// <summary>What a log calls it: <c>get.har entry 1</c>.</summary>
    public string Name { get; }

    /// <summary>The request that it answers.</summary>
    public RequestLine Line { get; }

    /// <summary>The answer.</summary>
    public ReplayAnswer Answer { get; }
}
