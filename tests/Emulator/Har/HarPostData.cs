namespace Fireworks.DpoJobs.Emulator.Har;

/// <summary>The body of a request.</summary>
internal sealed record HarPostData
{
    /// <summary>Its media type.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>The body as text.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is to be known about it.</summary>
    public string? Comment { get; init; }
}
